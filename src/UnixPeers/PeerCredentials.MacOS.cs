using System.Buffers.Binary;
using static UnixPeers.Native.LibC;

namespace UnixPeers;

/// <content>macOS sys/un.h: LOCAL_PEERCRED, LOCAL_PEERPID, LOCAL_PEERTOKEN. No Mac has run this yet; the parsers are tested from byte
/// images.</content>
public sealed partial class PeerCredentials
{
    internal static PeerResult ReadMacOS(int descriptor, SocketOptionReader reader)
    {
        int errno = SocketFacts.FamilyMacOS(descriptor, out int family);
        if (errno != 0)
        {
            return new PeerResult.Refused(errno == Darwin.ENOTSOCK ? PeerRefusal.NotUnixSocket : PeerRefusal.CallFailed, errno);
        }

        return family == Darwin.AF_UNIX ? ReadLocal(descriptor, reader) : new PeerResult.Refused(PeerRefusal.NotUnixSocket, 0);
    }

    /// <summary>The part behind the family check.</summary>
    internal static PeerResult ReadLocal(int descriptor, SocketOptionReader reader)
    {
        Span<byte> bytes = stackalloc byte[Xucred.Size];
        int errno = reader(descriptor, Darwin.SOL_LOCAL, Darwin.LOCAL_PEERCRED, bytes, out int length);
        if (errno != 0)
        {
            return new PeerResult.Refused(errno == Darwin.ENOPROTOOPT ? PeerRefusal.Unsupported : PeerRefusal.CallFailed, errno);
        }

        if (length != Xucred.Size)
        {
            return new PeerResult.Refused(PeerRefusal.ShortRead, 0);
        }

        if (Xucred.Parse(bytes, out Xucred xucred) is { } refusal)
        {
            return new PeerResult.Refused(refusal, 0);
        }

        return new PeerResult.Peer(new PeerCredentials(xucred.Uid, xucred.Gid, ReadPid(descriptor, reader), ReadToken(descriptor, reader)));
    }

    // The uid is what lets in; a pid that cannot be had is none.
    private static int? ReadPid(int descriptor, SocketOptionReader reader)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        int errno = reader(descriptor, Darwin.SOL_LOCAL, Darwin.LOCAL_PEERPID, bytes, out int length);
        int pid = errno == 0 && length == sizeof(int) ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : 0;
        return pid > 0 ? pid : null;
    }

    private static AuditToken? ReadToken(int descriptor, SocketOptionReader reader)
    {
        Span<byte> bytes = stackalloc byte[AuditToken.Size];
        int errno = reader(descriptor, Darwin.SOL_LOCAL, Darwin.LOCAL_PEERTOKEN, bytes, out int length);
        return errno == 0 && length == AuditToken.Size ? AuditToken.Parse(bytes) : null;
    }

    private static uint[]? ReadGroupsMacOS(int descriptor, SocketOptionReader reader)
    {
        Span<byte> bytes = stackalloc byte[Xucred.Size];
        int errno = reader(descriptor, Darwin.SOL_LOCAL, Darwin.LOCAL_PEERCRED, bytes, out int length);
        return errno == 0 && length == Xucred.Size && Xucred.Parse(bytes, out Xucred xucred) is null ? xucred.Groups : null;
    }
}
