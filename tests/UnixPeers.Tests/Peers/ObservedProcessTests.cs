using System.Globalization;
using System.Net.Sockets;

namespace UnixPeers.Tests.Peers;

/// <summary>What /proc shows of real peers, and what it is worth.</summary>
public sealed class ObservedProcessTests
{
    private const string ExecsCat = """
        s = connect(sys.argv[1]); s.set_inheritable(True)
        hear()
        os.execv(sys.argv[2], ['same name'])
        """;

    [Fact]
    public void A_peer_is_seen_whole()
    {
        using PinnedPeer peer = new("s = connect(sys.argv[1]); os.setsid(); say(str(os.getppid())); hear()");
        int parent = peer.Child.HearNumber();

        ObservedProcess seen = peer.Process.Observe();
        Assert.Equal(ObservedState.Known, seen.State);
        Assert.Equal(FileIdentity.Of("/usr/bin/python3"), seen.Executable);
        Assert.StartsWith("/usr/bin/python3", seen.ExecutablePath, StringComparison.Ordinal);
        Assert.Equal((parent, peer.Child.Pid), (seen.ParentPid, seen.SessionId));
        Assert.Equal("python3", seen.CommandName);
        Assert.Equal(StartTimeByHand(peer.Child.Pid), seen.StartTime);
        Assert.Equal(seen, peer.Process.Observe());
    }

    [Theory]
    [InlineData("a) S 1 1 (b")]
    [InlineData("x\n) R 1 2 3 4 5")]
    [InlineData("fifteen bytes !")]
    public void B22_a_chosen_name_moves_no_field(string name)
    {
        using PinnedPeer peer = new(
            """
            s = connect(sys.argv[1])
            libc.prctl(15, sys.argv[2].encode())
            say('renamed'); hear()
            """,
            name);
        Assert.Equal("renamed", peer.Child.Hear());

        ObservedProcess seen = peer.Process.Observe();
        Assert.Equal(name[..Math.Min(name.Length, 15)], seen.CommandName);
        Assert.Equal(StartTimeByHand(peer.Child.Pid), seen.StartTime);
        Assert.Equal(Environment.ProcessId, seen.ParentPid);
    }

    [Fact]
    public void B23_equal_arguments_of_two_programs_are_two_programs()
    {
        using PeerListener files = new();
        string[] copies = [Path.Combine(files.Folder, "one"), Path.Combine(files.Folder, "two")];
        List<FileIdentity?> seen = [];
        foreach (string copy in copies)
        {
            File.Copy("/bin/cat", copy);
            using PinnedPeer peer = new(ExecsCat, copy);
            Exec(peer.Child);
            Assert.Equal("same name\0", File.ReadAllText($"/proc/{peer.Child.Pid}/cmdline"));
            seen.Add(peer.Process.Observe().Executable);
        }

        Assert.Equal(copies.Select(copy => FileIdentity.Of(copy)), seen);
        Assert.NotEqual(seen[0], seen[1]);
    }

    [Fact]
    public void B24_a_peer_that_execs_after_it_was_seen_is_changed()
    {
        using PinnedPeer peer = new(ExecsCat, "/bin/cat");
        Assert.Equal(ObservedState.Known, peer.Process.Observe().State);
        Exec(peer.Child);

        ObservedProcess seen = peer.Process.Observe();
        Assert.Equal(ObservedState.Changed, seen.State);
        Assert.Equal(FileIdentity.Of("/bin/cat"), seen.Executable);
        Assert.Equal(ObservedState.Changed, peer.Process.Observe().State);
    }

    [Fact]
    public void B24_a_peer_that_execs_a_set_uid_program_is_changed()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root to make a set-uid program");
        using Family family = new();
        string sleep = Path.Combine(family.Folder, "sleep");
        File.Copy("/bin/sleep", sleep);
        File.SetUnixFileMode(sleep, File.GetUnixFileMode("/bin/sleep") | UnixFileMode.SetUser);
        family.Start($"s = join('peer'); s.set_inheritable(True); hear(s); os.execv('{sleep}', ['sleep', '1000'])", Family.AsNobody);
        Relative peer = family.Meet("peer");
        Assert.Equal((65534u, ObservedState.Known), (peer.Process.Uid, peer.Process.Observe().State));
        peer.Say();
        Eventually.True(() => FileIdentity.Of($"/proc/{peer.Pid}/exe") == FileIdentity.Of(sleep), "it does not exec");
        Assert.SkipUnless(ProcFacts.ReadEffectiveUid(peer.Pid) == 0, "set-uid programs do not work in " + family.Folder);

        ObservedProcess seen = peer.Process.Observe();
        Assert.Equal((ObservedState.Changed, FileIdentity.Of(sleep)), (seen.State, seen.Executable));
        Assert.Equal((65534u, 65534u), (peer.Process.Uid, peer.Credentials.Uid));

    }

    [Fact]
    public void B72_a_peer_that_execs_before_it_was_seen_is_the_other_program()
    {
        // Not a defence but a documented limit: an executable is observed, never proof.
        using PeerListener listener = new();
        using Child child = Child.Python(
            "s = connect(sys.argv[1]); s.set_inheritable(True); s.send(b'ask'); os.execv('/bin/cat', ['cat'])", listener.Address);
        child.Say("there?");
        Assert.Equal("there?", child.Hear());
        using Socket server = listener.Accept();

        PeerCredentials credentials = Assert.IsType<PeerResult.Peer>(PeerCredentials.Read(server.SafeHandle)).Credentials;
        Assert.Equal(child.Pid, credentials.Pid);
        PeerPin pin = PeerProcess.Pin((int)server.Handle, credentials);
        Assert.SkipWhen(pin is PeerPin.Unsupported, "this kernel has no SO_PEERPIDFD");
        using PeerProcess process = Assert.IsType<PeerPin.Pinned>(pin).Process;
        ObservedProcess seen = process.Observe();
        Assert.Equal((ObservedState.Known, FileIdentity.Of("/bin/cat")), (seen.State, seen.Executable));
    }

    [Fact]
    public void A_deleted_program_is_still_its_file()
    {
        using PeerListener files = new();
        string copy = Path.Combine(files.Folder, "cat");
        File.Copy("/bin/cat", copy);
        FileIdentity? before = FileIdentity.Of(copy);
        using PinnedPeer peer = new(ExecsCat, copy);
        Exec(peer.Child);
        File.Delete(copy);

        ObservedProcess seen = peer.Process.Observe();
        Assert.Equal((ObservedState.Known, before), (seen.State, seen.Executable));
        Assert.EndsWith(" (deleted)", seen.ExecutablePath, StringComparison.Ordinal);
    }

    [Fact]
    public void The_unit_is_that_of_the_control_group()
    {
        string? root = new[] { "/sys/fs/cgroup/systemd", "/sys/fs/cgroup" }.FirstOrDefault(path => File.Exists(path + "/cgroup.procs"));
        string group = $"{root}/unixpeers-{Environment.ProcessId}.service";
        using PinnedPeer peer = new("s = connect(sys.argv[1]); hear()");
        try
        {
            Directory.CreateDirectory(group);
            File.WriteAllText(group + "/cgroup.procs", peer.Child.Pid.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Assert.Skip("no control group can be made here: " + exception.Message);
        }

        ObservedProcess seen = peer.Process.Observe();
        Assert.Equal(Path.GetFileName(group), seen.Unit);
        Assert.EndsWith("/" + seen.Unit, seen.CGroup, StringComparison.Ordinal);
        peer.Child.Kill();
        Directory.Delete(group);
    }

    [Fact]
    public void A_kernel_thread_has_no_program()
    {
        ObservedProcess seen = ProcFacts.Read(2);
        Assert.SkipUnless(seen.CommandName == "kthreadd", "pid 2 is no kernel thread here");
        Assert.Equal((ObservedState.Unknown, null), (seen.State, seen.Executable));
    }

    private static void Exec(Child child)
    {
        child.Say("exec");
        child.Say("there?");
        Assert.Equal("there?", child.Hear());
    }

    private static ulong StartTimeByHand(int pid)
    {
        string text = File.ReadAllText($"/proc/{pid}/stat");
        return ulong.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[22 - 3], CultureInfo.InvariantCulture);
    }
}
