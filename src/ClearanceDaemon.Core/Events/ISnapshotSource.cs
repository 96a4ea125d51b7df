using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Events;

/// <summary>What a subscriber that knows nothing yet is told.</summary>
internal interface ISnapshotSource
{
    ISnapshot Take();

    /// <summary>Writes the data of <c>snapshot_end</c>: what else holds now.</summary>
    void WriteEnd(LineBuffer data);
}
