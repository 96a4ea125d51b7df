using ClearanceDaemon.EndToEnd.Native;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>Native starts without a service manager: one at a time, private from birth, under any umask.</summary>
public sealed class StartTests : IDisposable
{
    private const int Directory0700 = 0x4000 | 0x1C0;
    private const int Socket0600 = 0xC000 | 0x180;
    private const int File0600 = 0x8000 | 0x180;

    private readonly TestHome _home;

    public StartTests()
    {
        Repository.RequireNative();
        _home = new TestHome();
        _home.WriteRules();
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public void B05_a_second_daemon_exits_75_naming_the_first_which_still_answers()
    {
        using var first = _home.Start();
        using var second = new Daemon(_home.Environment, Repository.Daemon);
        Assert.Equal(75, second.WaitForExit());
        Assert.Contains($"{first.Pid}", second.Log, StringComparison.Ordinal);
        Assert.Contains($"{first.Pid}", _home.Clearance("ping", "--json").Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(0, first.Stop());
    }

    [Fact]
    public void B05_a_listener_that_never_took_the_lock_keeps_its_address()
    {
        Repository.RequireTool("socat");
        Directory.CreateDirectory(Path.GetDirectoryName(_home.AskSocket)!);
        foreach (var directory in (string[])[_home.Runtime, Path.GetDirectoryName(_home.AskSocket)!])
        {
            File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        using var other = new Daemon(_home.Environment, "socat", $"UNIX-LISTEN:{_home.AskSocket},fork,mode=0600", "EXEC:/bin/cat");
        Until.True(() => Lstat.Permissions(_home.AskSocket) == 0x180, "the other program to listen");
        using var daemon = new Daemon(_home.Environment, Repository.Daemon);
        Assert.Equal(75, daemon.WaitForExit());
        Assert.True(Daemon.Listens(_home.AskSocket));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0277")]
    [InlineData("0777")]
    public void B77_any_umask_gives_private_directories_and_sockets(string umask)
    {
        using var daemon = _home.StartThroughShell($"umask {umask}; exec \"$@\"");
        _home.Clearance("ask", "--action", "demo.read").Expect(0);
        foreach (var directory in (string[])[_home.Runtime, Path.GetDirectoryName(_home.AskSocket)!, Path.GetDirectoryName(_home.OperatorSocket)!, _home.State])
        {
            Assert.Equal(Directory0700, new Lstat(directory).Mode());
        }

        Assert.Equal(Socket0600, new Lstat(_home.AskSocket).Mode());
        Assert.Equal(Socket0600, new Lstat(_home.OperatorSocket).Mode());

        // A file that is being replaced may be gone by now under the name it was listed with.
        Assert.All(Directory.GetFiles(_home.State, "*", SearchOption.AllDirectories), file => Assert.Equal(File0600, new Lstat(file).Mode() ?? File0600));
        Assert.Equal(0, daemon.Stop());
    }

    [Fact]
    public void B01_every_mode_ever_seen_over_300_starts_is_private()
    {
        Lstat[] directories = [new(_home.Runtime), new(Path.GetDirectoryName(_home.AskSocket)!), new(Path.GetDirectoryName(_home.OperatorSocket)!)];
        Lstat[] sockets = [new(_home.AskSocket), new(_home.OperatorSocket)];
        var seen = new HashSet<string>();
        using var stop = new CancellationTokenSource();
        var watcher = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Look(directories, seen);
                Look(sockets, seen);
            }
        });
        watcher.Start();
        try
        {
            for (var round = 0; round < 300; round++)
            {
                using var daemon = new Daemon(_home.Environment, "/bin/sh", "-c", "umask 0; exec \"$@\"", "sh", Repository.Daemon);
                daemon.WaitForAnswer(_home.OperatorSocket);
                Assert.Equal(0, daemon.Stop());
                // Without this the directories would be born in the first round only.
                Directory.Delete(_home.Runtime, recursive: true);
            }
        }
        finally
        {
            stop.Cancel();
            watcher.Join();
        }

        Assert.Equal(["directory 700", "socket 600"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void B06_of_two_starters_over_a_stale_socket_exactly_one_listens_300_times()
    {
        var barrier = Path.Combine(_home.Root, "barrier");
        for (var round = 0; round < 300; round++)
        {
            Command.Run(_home.Environment, null, "mkfifo", barrier).Expect(0);
            using var left = StartBehind(barrier);
            using var right = StartBehind(barrier);
            // Opening for writing waits for a reader, closing releases both at once.
            using (File.OpenWrite(barrier))
            {
                Until.True(() => IsWaiting(left) && IsWaiting(right), "both starters to stand at the barrier");
            }

            Until.True(() => left.HasExited || right.HasExited, $"one of two to give way; left: {left.Log} right: {right.Log}");
            var (loser, winner) = left.HasExited ? (left, right) : (right, left);
            Assert.True(loser.WaitForExit() == 75, $"round {round}: the loser exited with {loser.WaitForExit()}: {loser.Log}");
            winner.WaitForAnswer(_home.OperatorSocket);
            Assert.False(winner.HasExited, $"round {round}: both gave way: {winner.Log}");
            using (var client = new LineClient(_home.AskSocket))
            {
                Assert.Equal(winner.Pid, client.Exchange(LineClient.Call(1, "clearance.ping")).GetProperty("result").GetProperty("pid").GetInt32());
            }

            // SIGKILL leaves the stale socket the next round starts over.
            winner.Signal(LibC.SIGKILL);
            winner.WaitForExit();
            Assert.NotNull(new Lstat(_home.AskSocket).Mode());
            File.Delete(barrier);
        }
    }

    [Theory]
    [InlineData("file")]
    [InlineData("directory")]
    [InlineData("fifo")]
    public void B08_what_is_not_a_dead_socket_of_ours_is_refused_and_left_alone(string kind)
    {
        var parent = Path.GetDirectoryName(_home.AskSocket)!;
        Command.Run(_home.Environment, null, "mkdir", "-p", "-m", "0700", _home.Runtime, parent).Expect(0);
        var plant = kind switch { "file" => "echo precious >\"$1\"", "directory" => "mkdir \"$1\"", _ => "mkfifo \"$1\"" };
        Command.Run(_home.Environment, null, "/bin/sh", "-c", plant, "sh", _home.AskSocket).Expect(0);
        var before = Command.Run(_home.Environment, null, "stat", "-c", "%i %f %s %Y", _home.AskSocket).Expect(0).Output;
        using var daemon = new Daemon(_home.Environment, Repository.Daemon);
        Assert.Equal(77, daemon.WaitForExit());
        Assert.Contains(_home.AskSocket, daemon.Log, StringComparison.Ordinal);
        Assert.Equal(before, Command.Run(_home.Environment, null, "stat", "-c", "%i %f %s %Y", _home.AskSocket).Expect(0).Output);
    }

    [Fact]
    public void B08_a_dangling_link_of_ours_is_replaced_and_its_target_not_made()
    {
        var parent = Path.GetDirectoryName(_home.AskSocket)!;
        Command.Run(_home.Environment, null, "mkdir", "-p", "-m", "0700", _home.Runtime, parent).Expect(0);
        var target = Path.Combine(_home.Root, "target");
        File.CreateSymbolicLink(_home.AskSocket, target);
        using var daemon = _home.Start();
        Assert.Equal(Socket0600, new Lstat(_home.AskSocket).Mode());
        Assert.False(File.Exists(target));
    }

    [Fact]
    public void A_stopped_daemon_takes_its_sockets_along_and_leaves_the_directories()
    {
        using var daemon = _home.Start();
        Assert.Equal(0, daemon.Stop());
        Assert.Null(new Lstat(_home.AskSocket).Mode());
        Assert.Equal(Directory0700, new Lstat(Path.GetDirectoryName(_home.AskSocket)!).Mode());
    }

    [Fact]
    public void A_stop_as_soon_as_it_listens_is_a_clean_one_every_time()
    {
        for (var round = 0; round < 50; round++)
        {
            using var daemon = new Daemon(_home.Environment, Repository.Daemon);
            Until.True(() => Daemon.Listens(_home.OperatorSocket), $"the daemon to listen; it said: {daemon.Log}");
            Assert.Equal(0, daemon.Stop());
            Assert.Null(new Lstat(_home.AskSocket).Mode());
        }
    }

    private Daemon StartBehind(string barrier) =>
        new(_home.Environment, "/bin/sh", "-c", "read -r go <\"$0\"; exec \"$@\"", barrier, Repository.Daemon);

    /// <summary>The shell has the FIFO open: it has passed open and blocks in read.</summary>
    private static bool IsWaiting(Daemon starter)
    {
        try
        {
            return Directory.GetFiles($"/proc/{starter.Pid}/fd").Any(fd => File.ResolveLinkTarget(fd, returnFinalTarget: false)?.Name == "barrier");
        }
        catch (FileNotFoundException)
        {
            // A descriptor that was open for a moment only.
            return false;
        }
    }

    private static void Look(Lstat[] paths, HashSet<string> seen)
    {
        foreach (var path in paths)
        {
            if (path.Mode() is { } mode)
            {
                seen.Add($"{(mode >> 12) switch { 0x4 => "directory", 0xC => "socket", var other => $"type {other:X}" }} {Convert.ToString(mode & 0xFFF, 8)}");
            }
        }
    }
}
