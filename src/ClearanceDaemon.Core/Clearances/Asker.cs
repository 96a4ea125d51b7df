using UnixPeers;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>Where an ask came from, as far as the desk cares.</summary>
/// <param name="Connection">Stands for the connection; compared by reference.</param>
/// <param name="Request">The request's id token on that connection.</param>
/// <param name="Credentials">What the kernel said of the connecting process.</param>
/// <param name="Process">That process, pinned; null where it cannot be. The session's own.</param>
internal sealed record Asker(object Connection, byte[]? Request, PeerCredentials Credentials, PeerProcess? Process)
{
    /// <summary>Verified at accept.</summary>
    public int? Pid => Credentials.Pid;
}
