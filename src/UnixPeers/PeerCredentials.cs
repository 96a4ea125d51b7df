using System.Runtime.InteropServices;

namespace UnixPeers;

/// <summary>Who is at the other end of a connected Unix-domain socket, in the kernel's words. Exists only when the kernel answered
/// whole.</summary>
/// <remarks>
/// <para>The credentials are those at the time of <c>connect</c> (seen from the server) or <c>listen</c> (seen from the client; under
/// socket activation that was the service manager). A connection that is inherited or passed on keeps naming the process that
/// connected.</para>
/// <para>A client's own address plays no part. Ids of another user namespace are seen as mapped into ours.</para>
/// </remarks>
public sealed partial class PeerCredentials
{
    internal PeerCredentials(uint uid, uint gid, int? pid, AuditToken? token = null)
    {
        Uid = uid;
        Gid = gid;
        Pid = pid;
        Token = token;
    }

    /// <summary>The effective user id, unsigned; never 2³²−1.</summary>
    public uint Uid { get; }

    /// <summary>The effective group id.</summary>
    public uint Gid { get; }

    /// <summary>The process id in our pid namespace; null where the system has none, never 0. A number for people: it can be reused the
    /// moment the peer dies, so look up nothing by it except through <see cref="PeerProcess"/>.</summary>
    public int? Pid { get; }

    /// <summary>(macOS) LOCAL_PEERTOKEN: the process that last used the socket, with the version that tells a reused pid; null
    /// elsewhere.</summary>
    public AuditToken? Token { get; }

    /// <summary>Reads the peer of a socket; either end may ask. The handle stays the caller's.</summary>
    /// <param name="socket">A connected Unix-domain socket.</param>
    /// <returns>The peer, or why not. No failure of the kernel is an exception.</returns>
    /// <exception cref="ObjectDisposedException">The handle is closed.</exception>
    public static PeerResult Read(SafeHandle socket) => Read(socket, needsPid: true);

    /// <summary>Reads who listens, as a client. Seen from a container the listener has no pid, and its uid is what counts.</summary>
    internal static PeerResult ReadListener(SafeHandle socket) => Read(socket, needsPid: false);

    private static PeerResult Read(SafeHandle socket, bool needsPid)
    {
        ArgumentNullException.ThrowIfNull(socket);
        bool held = false;
        try
        {
            socket.DangerousAddRef(ref held);
            return Read((int)socket.DangerousGetHandle(), SocketOption.FromKernel, needsPid);
        }
        finally
        {
            if (held)
            {
                socket.DangerousRelease();
            }
        }
    }

    /// <summary>Reads the peer of a raw descriptor, for reactors: two calls of getsockopt(2) on Linux, no /proc, nothing that
    /// blocks.</summary>
    /// <param name="descriptor">A connected Unix-domain socket; stays the caller's.</param>
    /// <returns>The peer, or why not. No failure of the kernel is an exception.</returns>
    public static PeerResult Read(int descriptor) => Read(descriptor, SocketOption.FromKernel);

    /// <summary>The peer's supplementary groups at the time of connect (SO_PEERGROUPS, Linux 4.13; on macOS at most 16, the first is the
    /// gid).</summary>
    /// <param name="descriptor">A connected Unix-domain socket; stays the caller's.</param>
    /// <returns>The group ids, perhaps none; null where the kernel cannot tell.</returns>
    public static IReadOnlyList<uint>? ReadGroups(int descriptor) => ReadGroups(descriptor, SocketOption.FromKernel);

    /// <inheritdoc/>
    public override string ToString() => Pid is { } pid ? $"uid {Uid}, gid {Gid}, pid {pid}" : $"uid {Uid}, gid {Gid}";

    internal static PeerResult Read(int descriptor, SocketOptionReader reader, bool needsPid = true)
    {
        if (OperatingSystem.IsLinux())
        {
            return ReadLinux(descriptor, reader, RuntimeInformation.ProcessArchitecture, needsPid);
        }

        return OperatingSystem.IsMacOS() ? ReadMacOS(descriptor, reader) : new PeerResult.Refused(PeerRefusal.Unsupported, 0);
    }

    internal static IReadOnlyList<uint>? ReadGroups(int descriptor, SocketOptionReader reader)
    {
        if (OperatingSystem.IsLinux())
        {
            return ReadGroupsLinux(descriptor, reader);
        }

        return OperatingSystem.IsMacOS() ? ReadGroupsMacOS(descriptor, reader) : null;
    }
}
