namespace ClearanceDaemon.Core.Rules.Matchers;

/// <summary>Matches an argv of which some element, at any place, matches.</summary>
internal sealed class AnyArgv(ValueMatcher element) : ArgvMatcher
{
    public override bool Matches(AskMembers ask)
    {
        for (var i = 0; i < ask.ArgvCount; i++)
        {
            if (element.Matches(ask.Argv(i)))
            {
                return true;
            }
        }

        return false;
    }

    public override string Describe() => "{\"any\":" + element.Describe() + "}";
}
