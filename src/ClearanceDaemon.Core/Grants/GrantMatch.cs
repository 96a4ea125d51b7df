using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Grants;

/// <summary>
/// What an ask must say for a grant to fit: the bound members, byte for byte. A member that was absent must be absent
/// again. The command line is always bound, element by element, so that nobody can put another one behind a granted name.
/// </summary>
internal sealed class GrantMatch
{
    private readonly AskMembers _bound;
    private readonly AskMember[] _texts;

    /// <param name="bound">The bound members that are there, and no others; taken over.</param>
    /// <param name="texts">The bound text members, there or not.</param>
    /// <param name="wholeDetails">True: no detail may be more or less. False: those in <paramref name="bound"/> and no command.</param>
    public GrantMatch(AskMembers bound, AskMember[] texts, bool wholeDetails) => (_bound, _texts, WholeDetails) = (bound, texts, wholeDetails);

    /// <summary>The values; members that are not bound are absent.</summary>
    public AskMembers Bound => _bound;

    /// <summary>The bound text members, there or not.</summary>
    public IReadOnlyList<AskMember> Texts => _texts;

    public bool WholeDetails { get; }

    public ReadOnlySpan<byte> Action => _bound.Action;

    /// <inheritdoc cref="GrantBinder.TryBind"/>
    public static GrantMatch? TryBind(AskMembers ask, IReadOnlyList<string>? bind, out string? fault) => GrantBinder.TryBind(ask, bind, out fault);

    public bool Fits(AskMembers ask) => Compare(ask, null) == 0;

    /// <summary>The bound members that are not as they were: <c>resource</c>, <c>argv</c>, <c>details.host</c>.</summary>
    public IReadOnlyList<string> Differences(AskMembers ask)
    {
        var names = new List<string>();
        Compare(ask, names);
        return names;
    }

    /// <summary>How many bound members are not as they were; allocates nothing.</summary>
    public int CountDifferences(AskMembers ask) => Compare(ask, null);

    private int Compare(AskMembers ask, List<string>? names)
    {
        var count = 0;
        foreach (var (member, name) in GrantMembers.Texts)
        {
            if (Array.IndexOf(_texts, member) >= 0 && (_bound.Has(member) != ask.Has(member) || !_bound[member].SequenceEqual(ask[member])))
            {
                count++;
                names?.Add(name);
            }
        }

        if (!SameArgv(ask))
        {
            count++;
            names?.Add(BindMember.Argv);
        }

        return count + CompareDetails(ask, names);
    }

    private bool SameArgv(AskMembers ask)
    {
        var same = _bound.HasArgv == ask.HasArgv && _bound.ArgvCount == ask.ArgvCount;
        for (var i = 0; same && i < ask.ArgvCount; i++)
        {
            same = _bound.Argv(i).SequenceEqual(ask.Argv(i));
        }

        return same;
    }

    private int CompareDetails(AskMembers ask, List<string>? names)
    {
        var count = 0;
        for (var i = 0; i < _bound.DetailCount; i++)
        {
            if (!HasSame(ask, i))
            {
                count++;
                names?.Add(GrantMembers.Detail(_bound.DetailName(i)));
            }
        }

        for (var i = 0; i < ask.DetailCount; i++)
        {
            if (IsTooMuch(ask, i))
            {
                count++;
                names?.Add(GrantMembers.Detail(ask.DetailName(i)));
            }
        }

        // An empty object is not an absent one; neither has a detail to name.
        if (count == 0 && WholeDetails && _bound.HasDetails != ask.HasDetails)
        {
            count++;
            names?.Add(BindMember.Details);
        }

        return count;
    }

    private bool HasSame(AskMembers ask, int index)
    {
        // Most askers send details in one order.
        var other = index < ask.DetailCount && ask.DetailName(index).SequenceEqual(_bound.DetailName(index))
            ? index
            : GrantMembers.Find(ask, _bound.DetailName(index));
        return other >= 0
            && ask.DetailKind(other) == _bound.DetailKind(index)
            && ask.DetailNumber(other) == _bound.DetailNumber(index)
            && ask.DetailText(other).SequenceEqual(_bound.DetailText(index));
    }

    private bool IsTooMuch(AskMembers ask, int index)
    {
        var counts = WholeDetails || (ask.DetailKind(index) == DetailKind.String && ask.DetailName(index).SequenceEqual(GrantMembers.Command));
        return counts && GrantMembers.Find(_bound, ask.DetailName(index)) < 0;
    }
}
