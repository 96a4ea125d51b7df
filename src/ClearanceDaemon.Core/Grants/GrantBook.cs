using System.Buffers.Binary;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Grants;

/// <summary>
/// The grants in force, in memory, found by who asks for which action: an ask without grants costs one look-up and no
/// allocation. For the reactor's thread.
/// </summary>
internal sealed class GrantBook(GrantClock clock)
{
    private readonly Dictionary<byte[], List<Grant>> _bySubject = new(Utf8Comparer.Instance);
    private readonly Dictionary<RequestId, Grant> _byId = [];
    private readonly List<Grant> _inOrder = [];
    private byte[] _key = new byte[512];

    public int Count => _inOrder.Count;

    /// <summary>All of them, in the order of their decisions.</summary>
    public IReadOnlyList<Grant> All => _inOrder;

    /// <summary>The time until the next one ends; null when none ends with time.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            TimeSpan? next = null;
            foreach (var grant in _inOrder)
            {
                var left = clock.Remaining(grant);
                next = next is null || left < next ? left ?? next : next;
            }

            return next;
        }
    }

    public Grant? Find(RequestId id) => _byId.GetValueOrDefault(id);

    public bool Has(Grant grant) => ReferenceEquals(Find(grant.Id), grant);

    /// <summary>What answers an ask that its rule, or no rule, leaves to a person. A denial beats an allowance.</summary>
    /// <param name="ask">The ask.</param>
    /// <param name="rule">The rule as it is now: what it does not offer any more, no grant gives. Null offers everything.</param>
    /// <param name="isPrincipal">Whether the ask's principal is the process a grant until its exit was made for.</param>
    public GrantAnswer Find(AskMembers ask, Rule? rule, Func<Grant, bool> isPrincipal)
    {
        if (_inOrder.Count == 0 || !_bySubject.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(Key(ask.Uid, ask.Via, ask.Action), out var candidates))
        {
            return default;
        }

        Grant? fits = null, nearest = null;
        var distance = int.MaxValue;
        foreach (var grant in candidates)
        {
            if ((fits is not null && grant.Verdict != GrantVerdict.Deny) || !Stands(grant, rule))
            {
                continue;
            }

            var differences = grant.Match.CountDifferences(ask);
            if (differences == 0 && (grant.Scope.Kind != GrantScopes.UntilExit || isPrincipal(grant)))
            {
                fits = grant;
                if (grant.Verdict == GrantVerdict.Deny)
                {
                    break;
                }
            }
            else if (differences > 0 && differences <= distance)
            {
                (nearest, distance) = (grant, differences);
            }
        }

        return fits is not null ? new(fits, null) : new(null, nearest is null ? null : [.. nearest.Match.Differences(ask)]);
    }

    /// <summary>Puts a grant in force.</summary>
    public void Add(Grant grant)
    {
        _byId.Add(grant.Id, grant);
        var key = Key(grant.Uid, grant.Via, grant.Match.Action);
        var lookup = _bySubject.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!lookup.TryGetValue(key, out var others))
        {
            lookup[key] = others = [];
        }

        Insert(others, grant);
        Insert(_inOrder, grant);
    }

    /// <summary>Takes a grant out of force; false when it was not in it.</summary>
    public bool Remove(Grant grant)
    {
        if (!Has(grant))
        {
            return false;
        }

        _byId.Remove(grant.Id);
        _inOrder.Remove(grant);
        var lookup = _bySubject.GetAlternateLookup<ReadOnlySpan<byte>>();
        var key = Key(grant.Uid, grant.Via, grant.Match.Action);
        if (lookup.TryGetValue(key, out var others) && others.Remove(grant) && others.Count == 0)
        {
            lookup.Remove(key);
        }

        return true;
    }

    /// <summary>A page of the list: grants decided after a record, oldest first.</summary>
    public Grant[] Page(long after, int limit)
    {
        var start = PlaceAfter(_inOrder, after);
        return [.. _inOrder.GetRange(start, Math.Min(limit, _inOrder.Count - start))];
    }

    private bool Stands(Grant grant, Rule? rule) =>
        grant.UsesLeft is not 0
        && !clock.HasEnded(grant)
        && (rule is null || ((rule.Scopes & grant.Scope.Kind) != 0 && (rule.Ceiling is not { } ceiling || clock.Age(grant) < ceiling)));

    private static void Insert(List<Grant> list, Grant grant) => list.Insert(PlaceAfter(list, grant.DecidedSeq), grant);

    private static int PlaceAfter(List<Grant> list, long seq)
    {
        var (low, high) = (0, list.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = list[middle].DecidedSeq <= seq ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Valid until the next call. An action holds no NUL, so no two subjects share a key.</summary>
    private ReadOnlySpan<byte> Key(uint uid, ReadOnlySpan<byte> via, ReadOnlySpan<byte> action)
    {
        var length = sizeof(uint) + action.Length + 1 + via.Length;
        if (_key.Length < length)
        {
            _key = new byte[length * 2];
        }

        var key = _key.AsSpan(0, length);
        BinaryPrimitives.WriteUInt32LittleEndian(key, uid);
        action.CopyTo(key[sizeof(uint)..]);
        key[sizeof(uint) + action.Length] = 0;
        via.CopyTo(key[(sizeof(uint) + action.Length + 1)..]);
        return key;
    }
}
