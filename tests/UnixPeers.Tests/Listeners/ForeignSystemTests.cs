using System.Buffers.Binary;
using System.Runtime.InteropServices;
using UnixPeers.Native;

namespace UnixPeers.Tests.Listeners;

/// <summary>Layouts and numbers of systems that this machine is not, from their headers.</summary>
public sealed class ForeignSystemTests
{
    [Fact]
    public void A_mac_address_starts_with_its_length() =>
        Assert.Equal([5, 1, (byte)'/', (byte)'a', 0], SocketAddressBytes.Encode("/a"u8, isAbstract: false, SystemNumbers.ForMacOS()));

    [Fact]
    public void A_linux_address_starts_with_its_family()
    {
        var numbers = SystemNumbers.ForLinux(Architecture.X64);
        Assert.Equal([.. BitConverter.GetBytes((ushort)1), (byte)'/', (byte)'a', 0], SocketAddressBytes.Encode("/a"u8, isAbstract: false, numbers));
        Assert.Equal([.. BitConverter.GetBytes((ushort)1), 0, (byte)'a'], SocketAddressBytes.Encode("a"u8, isAbstract: true, numbers));
    }

    [Theory]
    [InlineData(new byte[] { 1, 0 }, "", false)]
    [InlineData(new byte[] { 1, 0, (byte)'/', (byte)'a', 0 }, "/a", false)]
    [InlineData(new byte[] { 1, 0, (byte)'/', (byte)'a' }, "/a", false)]
    [InlineData(new byte[] { 1, 0, (byte)'/', (byte)'a', 0, (byte)'x' }, "/a", false)]
    [InlineData(new byte[] { 1, 0, 0, (byte)'a', 0 }, "a\0", true)]
    public void Names_are_read_back_from_addresses(byte[] address, string name, bool isAbstract)
    {
        var read = SocketAddressBytes.Name(address, out var found);
        Assert.Equal(name, System.Text.Encoding.ASCII.GetString(read));
        Assert.Equal(isAbstract, found);
    }

    [Fact]
    public void A_mac_stat_has_64_bit_inodes()
    {
        var bytes = new byte[144];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, 0x01000004);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), 0xC180);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), 0x1_0000_0001);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(16), 501);
        var status = FileStatus.ParseStat64(bytes);
        Assert.True(status.IsSocket);
        Assert.Equal((0x01000004UL, 0x1_0000_0001UL, 501U, "0600"), (status.Device, status.Inode, status.Uid, status.OctalMode));
    }

    [Theory]
    [InlineData(Architecture.X64, 0x20000)]
    [InlineData(Architecture.RiscV64, 0x20000)]
    [InlineData(Architecture.LoongArch64, 0x20000)]
    [InlineData(Architecture.S390x, 0x20000)]
    [InlineData(Architecture.Arm64, 0x8000)]
    [InlineData(Architecture.Arm, 0x8000)]
    [InlineData(Architecture.Ppc64le, 0x8000)]
    public void No_follow_has_a_number_by_architecture(Architecture architecture, int noFollow) =>
        Assert.Equal(noFollow, SystemNumbers.ForLinux(architecture).O_NOFOLLOW);

    [Fact]
    public void Path_limits_are_107_and_103() =>
        Assert.Equal((108, 104), (SystemNumbers.ForLinux(Architecture.X64).SunPathBytes, SystemNumbers.ForMacOS().SunPathBytes));
}
