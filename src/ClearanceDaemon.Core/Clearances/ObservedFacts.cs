using ClearanceDaemon.Core.Rules;
using UnixPeers;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>What rules may know of a caller's process: read when a rule needs it, and off the reactor's thread.</summary>
internal static class ObservedFacts
{
    public static ObservedPeer Of(PeerProcess? process)
    {
        var seen = process?.Observe();
        return seen switch
        {
            { State: UnixPeers.ObservedState.Known, Executable: { } file } =>
                new(Rules.ObservedState.Known, file.Device, file.Inode, seen.Unit),
            { State: UnixPeers.ObservedState.Changed } => ObservedPeer.Unknown with { State = Rules.ObservedState.Changed },
            _ => ObservedPeer.Unknown,
        };
    }
}
