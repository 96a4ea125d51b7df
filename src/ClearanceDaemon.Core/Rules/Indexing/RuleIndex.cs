namespace ClearanceDaemon.Core.Rules.Indexing;

/// <summary>
/// Finds the rules that could match an ask without looking at the others: by the whole action where rules name it
/// whole, by a walk along its segments where they use stars. It only ever offers candidates; that a candidate matches
/// is decided by the rule's own conditions.
/// </summary>
internal sealed class RuleIndex
{
    private readonly ByteMap<RuleBucket> _exact = new();
    private ActionNode? _patterns;

    /// <param name="rules">In order of precedence.</param>
    public RuleIndex(IReadOnlyList<Rule> rules)
    {
        foreach (var rule in rules)
        {
            Add(rule);
        }
    }

    public void Search(ref RuleSearch search)
    {
        var action = search.Ask.Action;
        if (_exact.TryGet(action, out var bucket))
        {
            bucket.Search(ref search);
        }

        _patterns?.Search(action, ended: false, ref search);
    }

    private void Add(Rule rule)
    {
        foreach (var pattern in rule.Conditions.Actions)
        {
            if (pattern.IsExact)
            {
                _exact.GetOrAdd(Join(pattern.Segments)).Add(rule);
            }
            else
            {
                (_patterns ??= new()).Add(pattern, 0, rule);
            }
        }
    }

    private static byte[] Join(IReadOnlyList<byte[]> segments)
    {
        var action = new List<byte>();
        foreach (var segment in segments)
        {
            if (action.Count > 0)
            {
                action.Add((byte)'.');
            }

            action.AddRange(segment);
        }

        return [.. action];
    }
}
