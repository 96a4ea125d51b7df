using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>The pending asks, found by what each name of them is; oldest first. For the reactor's thread.</summary>
internal sealed class PendingIndex
{
    private readonly List<PendingAsk> _ordered = [];
    private readonly Dictionary<RequestId, PendingAsk> _byId = [];
    private readonly Dictionary<(string Via, string Key), PendingAsk> _byKey = [];
    private readonly Dictionary<(string Digest, object Principal), PendingAsk> _byContent = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<PendingAsk> All => _ordered;

    public int Count => _ordered.Count;

    /// <summary>Bytes of the asks' texts.</summary>
    public long Bytes { get; private set; }

    public void Add(PendingAsk pending)
    {
        _ordered.Add(pending);
        _byId.Add(pending.Id, pending);
        Bytes += pending.Ask.Bytes;
        if (pending.Key is not null)
        {
            _byKey.Add((pending.Via, pending.Key), pending);
        }
        else
        {
            _byContent[ContentOf(pending.Digest, pending.Principal)] = pending;
        }
    }

    public void Remove(PendingAsk pending)
    {
        var place = _ordered.BinarySearch(pending, ByNumber.Instance);
        if (place < 0)
        {
            return;
        }

        _ordered.RemoveAt(place);
        _byId.Remove(pending.Id);
        Bytes -= pending.Ask.Bytes;
        if (pending.Key is not null)
        {
            _byKey.Remove((pending.Via, pending.Key));
        }
        else
        {
            _byContent.Remove(ContentOf(pending.Digest, pending.Principal));
        }
    }

    public PendingAsk? ById(RequestId id) => _byId.GetValueOrDefault(id);

    public PendingAsk? ByKey(string key, string via) => _byKey.GetValueOrDefault((via, key));

    /// <summary>The prompt that an equal ask of this principal already waits in.</summary>
    public PendingAsk? ByContent(byte[] digest, Principal principal) => _byContent.GetValueOrDefault(ContentOf(digest, principal));

    /// <summary>Those after a number, oldest first.</summary>
    public IEnumerable<PendingAsk> After(long number)
    {
        for (var i = FirstAfter(number); i < _ordered.Count; i++)
        {
            yield return _ordered[i];
        }
    }

    private int FirstAfter(long number)
    {
        var (low, high) = (0, _ordered.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _ordered[middle].Number <= number ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static (string Digest, object Principal) ContentOf(byte[] digest, Principal principal) => (Encoding.ASCII.GetString(digest), principal.Key);

    private sealed class ByNumber : IComparer<PendingAsk>
    {
        public static readonly ByNumber Instance = new();

        public int Compare(PendingAsk? x, PendingAsk? y) => x!.Number.CompareTo(y!.Number);
    }
}
