using System.Net.Sockets;

namespace UnixPeers.Tests.Peers;

/// <summary>When two values mean one process.</summary>
public sealed class ProcessIdentityTests
{
    private static readonly FileIdentity Program = new(8, 100);

    [Fact]
    public void B17_equal_pid_and_start_of_another_uid_is_another_process()
    {
        ProcessIdentity one = ProcessIdentity.FromProc(1000, 42, "boot", 777, Program);
        Assert.Equal(one, ProcessIdentity.FromProc(1000, 42, "boot", 777, Program));
        Assert.Equal(one.GetHashCode(), ProcessIdentity.FromProc(1000, 42, "boot", 777, Program).GetHashCode());
        Assert.NotEqual(one, ProcessIdentity.FromProc(1001, 42, "boot", 777, Program));
    }

    [Fact]
    public void B17_every_part_counts()
    {
        ProcessIdentity one = ProcessIdentity.FromProc(1000, 42, "boot", 777, Program);
        Assert.NotEqual(one, ProcessIdentity.FromProc(1000, 43, "boot", 777, Program));
        Assert.NotEqual(one, ProcessIdentity.FromProc(1000, 42, "other", 777, Program));
        Assert.NotEqual(one, ProcessIdentity.FromProc(1000, 42, "boot", 778, Program));
        Assert.NotEqual(one, ProcessIdentity.FromProc(1000, 42, "boot", 777, Program with { Inode = 101 }));
        Assert.NotEqual(one, ProcessIdentity.FromProc(1000, 42, "boot", 777, Program with { Device = 9 }));
        Assert.NotEqual(one, ProcessIdentity.FromPidfd(1000, 777));
        Assert.NotEqual(ProcessIdentity.FromPidfd(1000, 777), one);
        Assert.False(one.Equals(null));
    }

    [Fact]
    public void B17_the_inode_of_the_pidfd_counts_with_the_uid()
    {
        Assert.Equal(ProcessIdentity.FromPidfd(1000, 5), ProcessIdentity.FromPidfd(1000, 5));
        Assert.NotEqual(ProcessIdentity.FromPidfd(1000, 5), ProcessIdentity.FromPidfd(1001, 5));
        Assert.NotEqual(ProcessIdentity.FromPidfd(1000, 5), ProcessIdentity.FromPidfd(1000, 6));
    }

    [Fact]
    public void B17_what_could_not_be_read_equals_itself_only()
    {
        foreach ((string? boot, ulong? start, FileIdentity? file) in new (string?, ulong?, FileIdentity?)[]
        {
            (null, 777, Program), ("boot", null, Program), ("boot", 777, null),
        })
        {
            ProcessIdentity one = ProcessIdentity.FromProc(1000, 42, boot, start, file);
            Assert.True(one.Equals(one));
            Assert.NotEqual(one, ProcessIdentity.FromProc(1000, 42, boot, start, file));
            Assert.Equal("uid 1000, unknown process", one.ToString());
        }
    }

    [Fact]
    public void Two_connections_of_one_process_are_one_identity()
    {
        using PinnedPeer peer = new("s = connect(sys.argv[1]); hear(); t = connect(hear()); hear()");
        using PeerListener second = new();
        peer.Child.Say("go");
        peer.Child.Say(second.Address);
        using Socket server = second.Accept();
        PeerCredentials credentials = Assert.IsType<PeerResult.Peer>(PeerCredentials.Read(server.SafeHandle)).Credentials;
        using PeerProcess again = Assert.IsType<PeerPin.Pinned>(PeerProcess.Pin((int)server.Handle, credentials)).Process;
        using PinnedPeer other = new("s = connect(sys.argv[1]); hear()");

        Assert.Equal(peer.Process.Identity, again.Identity);
        Assert.Same(again.Identity, again.Identity);
        Assert.NotEqual(peer.Process.Identity, other.Process.Identity);
    }

    [Fact]
    public void The_identity_outlives_an_exec_where_the_kernel_gives_pidfds_numbers()
    {
        using PinnedPeer peer = new("s = connect(sys.argv[1]); s.set_inheritable(True); hear(); os.execv('/bin/cat', ['cat'])");
        Assert.SkipUnless(peer.Process.Identity.ToString().Contains("pidfd", StringComparison.Ordinal), "pidfs came with Linux 6.9");
        string before = peer.Process.Identity.ToString();
        peer.Child.Say("exec");
        peer.Child.Say("there?");
        Assert.Equal("there?", peer.Child.Hear());
        using PeerProcess after = Assert.IsType<PeerPin.Pinned>(PeerProcess.Pin(peer.Descriptor, peer.Credentials)).Process;
        Assert.Equal(peer.Process.Identity, after.Identity);
        Assert.Equal(before, after.Identity.ToString());
    }
}
