namespace ClearanceDaemon.Core.Rules.Matchers;

/// <summary>Decides about one value of an ask: its resource, one element of argv, one detail, its via.</summary>
internal abstract class ValueMatcher
{
    public abstract bool Matches(ReadOnlySpan<byte> value);

    /// <summary>The matcher as a rule file would write it; two matchers that describe themselves alike decide alike.</summary>
    public abstract string Describe();
}
