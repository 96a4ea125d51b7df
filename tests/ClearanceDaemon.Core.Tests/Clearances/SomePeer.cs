using System.Runtime.CompilerServices;
using ClearanceDaemon.Core.Clearances;
using UnixPeers;

namespace ClearanceDaemon.Core.Tests.Clearances;

/// <summary>Askers that never connected.</summary>
internal static class SomePeer
{
    public static Asker Asker(object connection, int pid) => new(connection, null, Credentials(pid), null);

    public static PeerCredentials Credentials(int pid) => New(1000, 1000, pid, null);

    public static Principal Principal(int pid) => Core.Clearances.Principal.Resolve(null, Credentials(pid), default);

    // Only a kernel makes credentials; a test has to get around that.
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern PeerCredentials New(uint uid, uint gid, int? pid, AuditToken? token);
}
