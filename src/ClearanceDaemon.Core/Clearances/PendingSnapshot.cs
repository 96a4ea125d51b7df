using ClearanceDaemon.Core.Events;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>The pending asks of one moment. Asks that ended since are passed over: their end is an event that follows.</summary>
internal sealed class PendingSnapshot(IEnumerable<PendingAsk> pending) : ISnapshot
{
    private readonly PendingAsk[] _pending = [.. pending.Where(static ask => ask.IsRecorded)];
    private int _next;

    public bool TryNext(LineBuffer data, out RequestId id)
    {
        while (_next < _pending.Length)
        {
            var pending = _pending[_next++];
            if (pending.State != PendingState.Closed)
            {
                PendingJson.Write(pending, data);
                id = pending.Id;
                return true;
            }
        }

        id = default;
        return false;
    }
}
