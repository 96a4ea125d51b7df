namespace ClearanceDaemon.Core.Rules.Matchers;

/// <summary>Matches argv element by element and whole: the same number of elements, unless the rule ends with <c>{"rest":true}</c>.</summary>
internal sealed class PositionalArgv(IReadOnlyList<ValueMatcher> elements, bool rest) : ArgvMatcher
{
    /// <summary>The program name a matching argv must start with, when the rule fixes it: what the index goes by.</summary>
    public byte[]? Program => elements.Count > 0 && elements[0] is EqualsMatcher program ? program.Value : null;

    public override bool Matches(AskMembers ask)
    {
        if (!ask.HasArgv || (rest ? ask.ArgvCount < elements.Count : ask.ArgvCount != elements.Count))
        {
            return false;
        }

        for (var i = 0; i < elements.Count; i++)
        {
            if (!elements[i].Matches(ask.Argv(i)))
            {
                return false;
            }
        }

        return true;
    }

    public override string Describe()
    {
        var items = elements.Select(static e => e.Describe());
        return "[" + string.Join(',', rest ? items.Append("{\"rest\":true}") : items) + "]";
    }
}
