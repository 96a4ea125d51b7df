using ClearanceDaemon.Core.Events;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.Events;

/// <summary>Snapshots of so many asks.</summary>
internal sealed class FakeSource : ISnapshotSource
{
    public int Asks { get; set; }

    public int Taken { get; private set; }

    public ISnapshot Take()
    {
        Taken++;
        return new Snapshot(Asks);
    }

    public void WriteEnd(LineBuffer data) => data.Raw("{}"u8);

    private sealed class Snapshot(int asks) : ISnapshot
    {
        private int _next;

        public bool TryNext(LineBuffer data, out RequestId id)
        {
            id = default;
            data.Raw("{}"u8);
            return _next++ < asks;
        }
    }
}
