using ClearanceDaemon.Core.Events;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>What a new subscriber is told: the asks that wait, and at their end who answers and whether everything is locked down.</summary>
internal sealed class DeskSnapshots(Desk desk, EventHub hub, Lockdown lockdown) : ISnapshotSource
{
    public ISnapshot Take() => new PendingSnapshot(desk.After(0));

    public void WriteEnd(LineBuffer data)
    {
        data.Raw("{\"present\":"u8);
        data.Number(hub.Answering);
        data.Raw(",\"lockdown\":"u8);
        lockdown.WriteState(data);
        data.Raw((byte)'}');
    }
}
