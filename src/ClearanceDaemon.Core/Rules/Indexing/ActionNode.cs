using ClearanceDaemon.Core.Rules.Matchers;

namespace ClearanceDaemon.Core.Rules.Indexing;

/// <summary>One segment of the action patterns with stars: what may follow, and the rules that end here.</summary>
internal sealed class ActionNode
{
    private ByteMap<ActionNode>? _next;
    private ActionNode? _any;
    private RuleBucket? _end;
    private RuleBucket? _rest;

    public void Add(ActionPattern pattern, int from, Rule rule)
    {
        if (from == pattern.Segments.Count)
        {
            (_end ??= new()).Add(rule);
        }
        else if (pattern.HasRest && from == pattern.Segments.Count - 1)
        {
            (_rest ??= new()).Add(rule);
        }
        else if (ActionPattern.IsAnySegment(pattern.Segments[from]))
        {
            (_any ??= new()).Add(pattern, from + 1, rule);
        }
        else
        {
            (_next ??= new()).GetOrAdd(pattern.Segments[from]).Add(pattern, from + 1, rule);
        }
    }

    /// <param name="action">What is left of the action behind this node; empty only when <paramref name="ended"/>.</param>
    /// <param name="ended">Whether nothing is left.</param>
    /// <param name="search">Where the candidates go.</param>
    public void Search(ReadOnlySpan<byte> action, bool ended, ref RuleSearch search)
    {
        if (ended)
        {
            _end?.Search(ref search);
            return;
        }

        if (!action.IsEmpty)
        {
            _rest?.Search(ref search);
        }

        var segment = ActionPattern.TakeSegment(ref action, out var last);
        if (segment.IsEmpty)
        {
            return;
        }

        _any?.Search(action, last, ref search);
        if (_next is not null && _next.TryGet(segment, out var node))
        {
            node.Search(action, last, ref search);
        }
    }
}
