using System.Runtime.InteropServices;
using UnixPeers.Native;

namespace UnixPeers.Tests.Peers;

/// <summary>What a kernel may answer instead of credentials: never a peer, least of all root.</summary>
public sealed class PeerFaultTests
{
    private const int LastErrno = 133;

    public static TheoryData<int> Lengths => [0, 4, 8, 11, 13, -1, int.MaxValue];

    [Fact]
    public void B13_every_errno_is_refused()
    {
        for (int errno = 1; errno <= LastErrno; errno++)
        {
            PeerRefusal family = errno == LibC.ENOTSOCK ? PeerRefusal.NotUnixSocket : PeerRefusal.CallFailed;
            Assert.Equal(new PeerResult.Refused(family, errno), Refused(Kernel(LibC.SO_DOMAIN, errno)));

            PeerRefusal credentials = errno == LibC.ENOPROTOOPT ? PeerRefusal.Unsupported : PeerRefusal.CallFailed;
            Assert.Equal(new PeerResult.Refused(credentials, errno), Refused(Kernel(17, errno)));
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void B13_another_length_is_refused(int filled)
    {
        SocketOptionReader kernel = (int _, int _, int option, Span<byte> value, out int length) =>
        {
            // Good bytes of which the kernel says it wrote another number.
            Image(uid: 1000, gid: 1000, pid: 7).AsSpan(0, Math.Min(value.Length, Ucred.Size)).CopyTo(value);
            length = option == LibC.SO_DOMAIN ? Domain(value) : filled;
            return 0;
        };
        Assert.Equal(new PeerResult.Refused(PeerRefusal.ShortRead, 0), PeerCredentials.ReadLinux(0, kernel, Architecture.X64));
        Assert.Equal(new PeerResult.Refused(PeerRefusal.ShortRead, 0), Ucred.Parse(new byte[Math.Clamp(filled, 0, 13)]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    public void B13_a_family_of_another_length_is_refused(int filled)
    {
        SocketOptionReader kernel = (int _, int _, int _, Span<byte> value, out int length) =>
        {
            Domain(value);
            length = filled;
            return 0;
        };
        Assert.Equal(PeerRefusal.CallFailed, Refused(kernel).Reason);
    }

    [Theory]
    [InlineData(0u, true)]
    [InlineData(1u, true)]
    [InlineData(2147483647u, true)]
    [InlineData(2147483648u, true)]
    [InlineData(4294967294u, true)]
    [InlineData(4294967295u, false)]
    public void B14_uids_are_unsigned(uint uid, bool accepted)
    {
        PeerResult result = Ucred.Parse(Image(uid, gid: 5, pid: 7));
        if (accepted)
        {
            Assert.Equal(uid, Assert.IsType<PeerResult.Peer>(result).Credentials.Uid);
        }
        else
        {
            Assert.Equal(new PeerResult.Refused(PeerRefusal.InvalidUid, 0), result);
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(int.MinValue, false)]
    [InlineData(1, true)]
    [InlineData(int.MaxValue, true)]
    public void B27_a_pid_of_zero_is_no_pid(int pid, bool accepted)
    {
        PeerResult result = Ucred.Parse(Image(uid: 0, gid: 0, pid));
        if (accepted)
        {
            Assert.Equal(pid, Assert.IsType<PeerResult.Peer>(result).Credentials.Pid);
        }
        else
        {
            Assert.Equal(new PeerResult.Refused(PeerRefusal.InvalidPid, 0), result);
        }
    }

    [Theory]
    [InlineData(Architecture.X64, 17)]
    [InlineData(Architecture.Arm64, 17)]
    [InlineData(Architecture.Arm, 17)]
    [InlineData(Architecture.Armv6, 17)]
    [InlineData(Architecture.RiscV64, 17)]
    [InlineData(Architecture.S390x, 17)]
    [InlineData(Architecture.LoongArch64, 17)]
    [InlineData(Architecture.Ppc64le, 21)]
    [InlineData(Architecture.Wasm, null)]
    [InlineData((Architecture)99, null)]
    public void The_option_has_its_number_by_architecture(Architecture architecture, int? number)
    {
        Assert.Equal(number, PeerCredentials.PeerCredentialOption(architecture));
        int asked = 0;
        PeerResult result = PeerCredentials.ReadLinux(0, Noting, architecture);
        Assert.Equal(number ?? 0, asked);
        Assert.Equal(number is not null, result is PeerResult.Peer);
        if (number is null)
        {
            Assert.Equal(new PeerResult.Refused(PeerRefusal.UnknownArchitecture, 0), result);
        }

        int Noting(int descriptor, int level, int option, Span<byte> value, out int length)
        {
            asked = option == LibC.SO_DOMAIN ? asked : option;
            return Healthy(value, option, out length);
        }
    }

    [Fact]
    public void B13_zeros_are_nobody()
    {
        Assert.Equal(new PeerResult.Refused(PeerRefusal.InvalidPid, 0), Ucred.Parse(new byte[Ucred.Size]));
    }

    [Fact]
    public void Credentials_have_no_default()
    {
        Assert.Empty(typeof(PeerCredentials).GetConstructors());
        Assert.Null(typeof(PeerCredentials).BaseType!.BaseType);
        Assert.Null(default(PeerCredentials));
    }

    private static PeerResult.Refused Refused(SocketOptionReader kernel) =>
        Assert.IsType<PeerResult.Refused>(PeerCredentials.ReadLinux(0, kernel, Architecture.X64));

    private static SocketOptionReader Kernel(int failing, int errno) => (int _, int _, int option, Span<byte> value, out int length) =>
    {
        int healthy = Healthy(value, option, out length);
        return option == failing ? errno : healthy;
    };

    private static int Healthy(Span<byte> value, int option, out int length)
    {
        length = value.Length;
        if (option == LibC.SO_DOMAIN)
        {
            Domain(value);
        }
        else
        {
            Image(uid: 0, gid: 0, pid: 7).CopyTo(value);
        }

        return 0;
    }

    private static int Domain(Span<byte> value)
    {
        value.Clear();
        value[0] = 1;
        return sizeof(int);
    }

    private static byte[] Image(uint uid, uint gid, int pid) =>
        [.. BitConverter.GetBytes(pid), .. BitConverter.GetBytes(uid), .. BitConverter.GetBytes(gid)];
}
