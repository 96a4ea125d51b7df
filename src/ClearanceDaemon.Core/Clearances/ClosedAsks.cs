using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>How the last asks ended, so that a verdict that comes too late is told why. Bounded; the oldest are forgotten.</summary>
internal sealed class ClosedAsks(int kept)
{
    private readonly Dictionary<RequestId, VerdictOutcome> _outcomes = [];
    private readonly Queue<RequestId> _order = [];

    public void Add(RequestId id, VerdictOutcome outcome)
    {
        if (_order.Count == kept)
        {
            _outcomes.Remove(_order.Dequeue());
        }

        _order.Enqueue(id);
        _outcomes[id] = outcome;
    }

    public VerdictOutcome? Find(RequestId id) => _outcomes.TryGetValue(id, out var outcome) ? outcome : null;
}
