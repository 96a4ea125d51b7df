using System.Runtime.InteropServices;
using UnixPeers.Native;

namespace UnixPeers;

/// <content>unix(7): SO_PEERCRED and SO_PEERGROUPS.</content>
public sealed partial class PeerCredentials
{
    // NGROUPS_MAX of linux/limits.h: the kernel gives no process more, so a larger demand is not followed.
    internal const int MaxGroups = 65_536;

    private const int FirstGroups = 64;

    /// <summary>The number of SO_PEERCRED: asm-generic/socket.h, and powerpc's own. No number is guessed for others.</summary>
    internal static int? PeerCredentialOption(Architecture architecture) => architecture switch
    {
        Architecture.X64 or Architecture.Arm64 or Architecture.Arm or Architecture.Armv6 => 17,
        Architecture.RiscV64 or Architecture.S390x or Architecture.LoongArch64 => 17,
        Architecture.Ppc64le => 21,
        _ => null,
    };

    internal static PeerResult ReadLinux(int descriptor, SocketOptionReader reader, Architecture architecture, bool needsPid = true)
    {
        if (PeerCredentialOption(architecture) is not { } option)
        {
            return new PeerResult.Refused(PeerRefusal.UnknownArchitecture, 0);
        }

        int errno = SocketOption.ReadInt(reader, descriptor, LibC.SOL_SOCKET, LibC.SO_DOMAIN, out int domain);
        if (errno != 0)
        {
            return new PeerResult.Refused(errno == LibC.ENOTSOCK ? PeerRefusal.NotUnixSocket : PeerRefusal.CallFailed, errno);
        }

        if (domain != LibC.AF_UNIX)
        {
            return new PeerResult.Refused(PeerRefusal.NotUnixSocket, 0);
        }

        Span<byte> bytes = stackalloc byte[Ucred.Size];
        errno = reader(descriptor, LibC.SOL_SOCKET, option, bytes, out int length);
        if (errno != 0)
        {
            return new PeerResult.Refused(errno == LibC.ENOPROTOOPT ? PeerRefusal.Unsupported : PeerRefusal.CallFailed, errno);
        }

        return length == Ucred.Size ? Ucred.Parse(bytes, needsPid) : new PeerResult.Refused(PeerRefusal.ShortRead, 0);
    }

    private static uint[]? ReadGroupsLinux(int descriptor, SocketOptionReader reader)
    {
        int count = FirstGroups;
        while (true)
        {
            uint[] groups = new uint[count];
            int errno = reader(descriptor, LibC.SOL_SOCKET, LibC.SO_PEERGROUPS, MemoryMarshal.AsBytes(groups.AsSpan()), out int length);
            int needed = length / sizeof(uint);
            if (errno == 0)
            {
                return length >= 0 && length % sizeof(uint) == 0 && needed <= count ? groups[..needed] : null;
            }

            // ERANGE names the size; it must grow, so that a kernel that lies ends the loop.
            if (errno != LibC.ERANGE || needed <= count || needed > MaxGroups)
            {
                return null;
            }

            count = needed;
        }
    }
}
