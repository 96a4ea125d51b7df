using System.Text;
using UnixPeers;

namespace ClearanceDaemon.Core.Dispatch;

/// <summary>Who is at the other end of a connection: what the kernel said when it was accepted, and which socket it came through.</summary>
public sealed class Caller
{
    private PeerProcess? _process;
    private IPinsPeer? _connection;

    /// <summary>Makes the caller of one connection. The pinned process stays the session's to dispose.</summary>
    public Caller(CallerRoles role, string via, PeerCredentials credentials, PeerProcess? process)
        : this(role, via, Encoding.UTF8.GetBytes(via), credentials, process)
    {
    }

    internal Caller(CallerRoles role, string via, byte[] viaUtf8, PeerCredentials credentials, PeerProcess? process, IPinsPeer? connection = null)
    {
        Role = role;
        Via = via;
        ViaUtf8 = viaUtf8;
        Credentials = credentials;
        _process = process;
        _connection = connection;
    }

    /// <summary>The role of the socket.</summary>
    public CallerRoles Role { get; }

    /// <summary>The socket's name: <c>ask</c>, the name of a named ask socket, or <c>operator</c>.</summary>
    public string Via { get; }

    /// <summary>Verified by the kernel at accept.</summary>
    public PeerCredentials Credentials { get; }

    /// <summary>
    /// The process that connected; null where the kernel cannot pin it or it is gone. The socket itself holds on to that
    /// process from connect on, so that it is pinned when first asked for (SO_PEERPIDFD, Linux 6.5): a connection that no
    /// rule on observed facts asks about costs no second descriptor. Ask on the reactor's thread.
    /// </summary>
    public PeerProcess? Process
    {
        get
        {
            if (_connection is not null)
            {
                _process = _connection.PinPeer();
                _connection = null;
            }

            return _process;
        }
    }

    /// <summary>
    /// Pins the process and has it looked at now, away from this thread: a program that it execs between its connect and
    /// its first ask is then seen to be another one.
    /// </summary>
    internal void LookEarly()
    {
        if (Process is { } process)
        {
            _ = Task.Run(process.Observe);
        }
    }

    /// <summary>What was pinned so far.</summary>
    internal PeerProcess? PinnedProcess => _process;

    internal byte[] ViaUtf8 { get; }
}
