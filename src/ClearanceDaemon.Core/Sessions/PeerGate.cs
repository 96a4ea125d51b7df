using ClearanceDaemon.Core.Metrics;
using UnixPeers;

namespace ClearanceDaemon.Core.Sessions;

/// <summary>Lets in our own uid, as the kernel tells it at accept. Everyone else is refused, counted and audited.</summary>
internal sealed class PeerGate(Counters counters, IRefusals refusals, uint ownUid)
{
    /// <summary>Who connected, if it may come in; null when it was refused.</summary>
    /// <param name="descriptor">The accepted connection.</param>
    /// <param name="via">The socket's name.</param>
    public PeerCredentials? Admit(int descriptor, string via)
    {
        switch (PeerCredentials.Read(descriptor))
        {
            case PeerResult.Peer { Credentials: var peer } when peer.Uid == ownUid:
                return peer;
            case PeerResult.Peer { Credentials: var peer }:
                Refuse(via, peer.Uid, peer.Pid, "another user");
                return null;
            case PeerResult.Refused { Reason: var reason }:
                Refuse(via, null, null, reason.ToString());
                return null;
            default:
                return null;
        }
    }

    private void Refuse(string via, uint? uid, int? pid, string reason)
    {
        counters.Add(Counter.RefusedPeers);
        refusals.OnRefused(via, uid, pid, reason);
    }
}
