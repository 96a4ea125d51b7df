using System.Runtime.InteropServices;

namespace UnixPeers;

/// <summary>Parses Linux's <c>struct ucred</c> (linux/socket.h): pid int32, uid uint32, gid uint32, in the machine's byte
/// order.</summary>
internal static class Ucred
{
    internal const int Size = 12;

    // (uid_t)-1 means "no uid" to every call that takes one.
    internal const uint NoUid = uint.MaxValue;

    /// <param name="bytes">As the kernel wrote them.</param>
    /// <param name="needsPid">False: a process outside our pid namespace, which has no pid here, will do.</param>
    internal static PeerResult Parse(ReadOnlySpan<byte> bytes, bool needsPid = true)
    {
        if (bytes.Length != Size)
        {
            return new PeerResult.Refused(PeerRefusal.ShortRead, 0);
        }

        int pid = MemoryMarshal.Read<int>(bytes);
        uint uid = MemoryMarshal.Read<uint>(bytes[4..]);
        uint gid = MemoryMarshal.Read<uint>(bytes[8..]);
        if (uid == NoUid)
        {
            return new PeerResult.Refused(PeerRefusal.InvalidUid, 0);
        }

        return pid switch
        {
            > 0 => new PeerResult.Peer(new PeerCredentials(uid, gid, pid)),
            0 when !needsPid => new PeerResult.Peer(new PeerCredentials(uid, gid, null)),
            _ => new PeerResult.Refused(PeerRefusal.InvalidPid, 0),
        };
    }
}
