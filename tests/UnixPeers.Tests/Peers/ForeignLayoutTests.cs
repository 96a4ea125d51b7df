using System.Buffers.Binary;
using UnixPeers.Native;

namespace UnixPeers.Tests.Peers;

/// <summary>macOS's structures from byte images.</summary>
public sealed class ForeignLayoutTests
{
    /// <summary>uid 501, groups 20, 12, 61 as a Mac lays them out; the rest of the array is noise.</summary>
    private const string XucredImage = "00000000F50100000300CDAB140000000C0000003D000000"
        + "EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE";

    /// <summary>auid, euid, egid, ruid, rgid, pid, asid, pid version.</summary>
    private const string TokenImage = "FFFFFFFF" + "F5010000" + "14000000" + "F6010000" + "15000000" + "39300000" + "A0860100" + "07000000";

    [Fact]
    public void B26_xucred_is_76_bytes_with_groups_at_12()
    {
        byte[] image = Convert.FromHexString(XucredImage);
        Assert.Equal(76, image.Length);
        Assert.Equal(76, Xucred.Size);
        Assert.Null(Xucred.Parse(image, out Xucred xucred));
        Assert.Equal((501u, 20u), (xucred.Uid, xucred.Gid));
        Assert.Equal([20u, 12u, 61u], xucred.Groups);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void B26_another_version_is_refused(int version)
    {
        byte[] image = Convert.FromHexString(XucredImage);
        BinaryPrimitives.WriteInt32LittleEndian(image, version);
        Assert.Equal(PeerRefusal.BadVersion, Xucred.Parse(image, out _));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(Xucred.MaxGroups, true)]
    [InlineData(Xucred.MaxGroups + 1, false)]
    [InlineData(short.MaxValue, false)]
    public void B26_the_group_count_stays_inside_the_structure(short count, bool accepted)
    {
        byte[] image = Convert.FromHexString(XucredImage);
        BinaryPrimitives.WriteInt16LittleEndian(image.AsSpan(8), count);
        Assert.Equal(accepted ? null : PeerRefusal.BadVersion, Xucred.Parse(image, out Xucred xucred));
        Assert.Equal(accepted ? count : 0, xucred.Groups?.Length ?? 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(75)]
    [InlineData(77)]
    public void B13_another_length_is_refused(int length)
    {
        Assert.Equal(PeerRefusal.ShortRead, Xucred.Parse(new byte[length], out _));
        Assert.Null(AuditToken.Parse(new byte[length]));
    }

    [Fact]
    public void B14_no_uid_is_refused()
    {
        byte[] image = Convert.FromHexString(XucredImage);
        image.AsSpan(4, 4).Fill(0xff);
        Assert.Equal(PeerRefusal.InvalidUid, Xucred.Parse(image, out _));
    }

    [Fact]
    public void B26_the_token_tells_pid_and_its_version()
    {
        byte[] image = Convert.FromHexString(TokenImage);
        Assert.Equal(AuditToken.Size, image.Length);
        Assert.Equal(new AuditToken(501, 12345, 7), AuditToken.Parse(image));

        image.AsSpan(20, 4).Clear();
        Assert.Null(AuditToken.Parse(image));
    }

    [Fact]
    public void B26_uid_pid_and_token_come_from_three_options()
    {
        PeerCredentials peer = Assert.IsType<PeerResult.Peer>(PeerCredentials.ReadLocal(0, Mac())).Credentials;
        Assert.Equal((501u, 20u, (int?)12345), (peer.Uid, peer.Gid, peer.Pid));
        Assert.Equal(new AuditToken(501, 12345, 7), peer.Token);
    }

    [Fact]
    public void B26_without_a_pid_there_is_none_not_zero()
    {
        PeerCredentials peer = Assert.IsType<PeerResult.Peer>(PeerCredentials.ReadLocal(0, Mac(missing: [2, 6]))).Credentials;
        Assert.Equal("uid 501, gid 20", peer.ToString());
        Assert.Null(peer.Pid);
        Assert.Null(peer.Token);
        Assert.IsType<PeerPin.Unsupported>(PeerProcess.Pin(-1, peer));
    }

    [Fact]
    public void B13_every_errno_of_xucred_is_refused()
    {
        for (int errno = 1; errno <= 106; errno++)
        {
            PeerRefusal expected = errno == LibC.Darwin.ENOPROTOOPT ? PeerRefusal.Unsupported : PeerRefusal.CallFailed;
            Assert.Equal(new PeerResult.Refused(expected, errno), PeerCredentials.ReadLocal(0, Mac(missing: [1], errno)));
        }
    }

    [Fact]
    public void B26_the_family_is_the_second_byte_of_the_address()
    {
        // Linux lays the two bytes out as one number, whose high byte is 0: not the family, so all is refused here, as it should.
        using PeerListener listener = new();
        Assert.Equal(0, SocketFacts.FamilyMacOS((int)listener.Socket.Handle, out int family));
        Assert.Equal(0, family);
        Assert.Equal(new PeerResult.Refused(PeerRefusal.NotUnixSocket, 0), PeerCredentials.ReadMacOS((int)listener.Socket.Handle, Mac()));
        Assert.Equal(new PeerResult.Refused(PeerRefusal.CallFailed, 9), PeerCredentials.ReadMacOS(-1, Mac()));
    }

    private static SocketOptionReader Mac(int[]? missing = null, int errno = LibC.Darwin.EINVAL) =>
        (int _, int level, int option, Span<byte> value, out int length) =>
        {
            Assert.Equal(0, level);
            byte[] answer = option switch
            {
                1 => Convert.FromHexString(XucredImage),
                2 => [0x39, 0x30, 0, 0],
                6 => Convert.FromHexString(TokenImage),
                _ => throw new InvalidOperationException("no such option"),
            };
            answer.CopyTo(value);
            length = answer.Length;
            return missing is not null && missing.Contains(option) ? errno : 0;
        };
}
