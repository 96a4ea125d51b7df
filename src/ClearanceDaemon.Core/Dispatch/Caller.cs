using System.Text;
using UnixPeers;

namespace ClearanceDaemon.Core.Dispatch;

/// <summary>Who is at the other end of a connection: what the kernel said when it was accepted, and which socket it came through.</summary>
public sealed class Caller
{
    /// <summary>Makes the caller of one connection. The pinned process stays the session's to dispose.</summary>
    public Caller(CallerRoles role, string via, PeerCredentials credentials, PeerProcess? process)
        : this(role, via, Encoding.UTF8.GetBytes(via), credentials, process)
    {
    }

    internal Caller(CallerRoles role, string via, byte[] viaUtf8, PeerCredentials credentials, PeerProcess? process)
    {
        Role = role;
        Via = via;
        ViaUtf8 = viaUtf8;
        Credentials = credentials;
        Process = process;
    }

    /// <summary>The role of the socket.</summary>
    public CallerRoles Role { get; }

    /// <summary>The socket's name: <c>ask</c>, the name of a named ask socket, or <c>operator</c>.</summary>
    public string Via { get; }

    /// <summary>Verified by the kernel at accept.</summary>
    public PeerCredentials Credentials { get; }

    /// <summary>The process, pinned at accept; null where the kernel cannot pin it or it was gone by then.</summary>
    public PeerProcess? Process { get; }

    internal byte[] ViaUtf8 { get; }
}
