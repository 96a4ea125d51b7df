using UnixPeers;

namespace ClearanceDaemon.Core.Dispatch;

/// <summary>What can pin the process behind a caller while its connection is open. For the reactor's thread.</summary>
internal interface IPinsPeer
{
    /// <summary>The process, owned by the connection; null where it cannot be pinned.</summary>
    PeerProcess? PinPeer();
}
