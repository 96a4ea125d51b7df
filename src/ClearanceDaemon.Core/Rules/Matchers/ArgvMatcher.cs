namespace ClearanceDaemon.Core.Rules.Matchers;

/// <summary>Decides about an ask's argv. Patterns apply to whole elements, never across their borders.</summary>
internal abstract class ArgvMatcher
{
    public abstract bool Matches(AskMembers ask);

    public abstract string Describe();
}
