using System.Globalization;
using UnixPeers.Tests.Native;
using static UnixPeers.Tests.Listeners.TempDirectory;

namespace UnixPeers.Tests.Listeners;

public sealed class InstanceLockTests
{
    private const string Label = "instance lock";

    [Fact]
    public void The_pid_in_the_file_is_the_last_holders()
    {
        using var directory = new TempDirectory();
        var path = directory.Below("lock");
        Assert.Null(InstanceLock.PidIn(path));
        using (InstanceLock.Acquire(path, "instance lock"))
        {
            Assert.Equal(Environment.ProcessId, InstanceLock.PidIn(path));
            Assert.True(InstanceLock.IsHeld(path));
        }

        File.WriteAllText(path, "no pid\n");
        Assert.Null(InstanceLock.PidIn(path));
        File.Delete(path);
        File.CreateSymbolicLink(path, directory.Below("other"));
        Assert.Null(InstanceLock.PidIn(path));
    }

    [Fact]
    public void A_second_taker_learns_the_holders_pid_and_the_file_outlives_both()
    {
        using var directory = new TempDirectory();
        var path = directory.Below("lock");
        Assert.False(InstanceLock.IsHeld(path));
        using (var held = InstanceLock.Acquire(path, Label))
        {
            Assert.True(InstanceLock.IsHeld(path));
            Assert.Equal("0600", Mode(path));
            var error = Fails(UnixSocketFault.InUse, () => InstanceLock.Acquire(path, Label));
            Assert.Contains($"process {Environment.ProcessId} holds the lock", error.Message, StringComparison.Ordinal);
            Assert.StartsWith($"instance lock {path}: ", error.Message, StringComparison.Ordinal);
        }

        Assert.False(InstanceLock.IsHeld(path));
        Assert.True(File.Exists(path));
        InstanceLock.Acquire(path, Label).Dispose();
    }

    [Fact]
    public void B05_another_process_is_named_and_its_death_frees_the_lock()
    {
        using var directory = new TempDirectory();
        using var starter = new Starter();
        Assert.Equal("ok", starter.Ask("start", directory.Below("lock"), directory.Socket));
        var error = Fails(UnixSocketFault.InUse, () => InstanceLock.Acquire(directory.Below("lock"), Label));
        Assert.Contains($"process {starter.Pid} ", error.Message, StringComparison.Ordinal);

        starter.Kill();
        InstanceLock.Acquire(directory.Below("lock"), Label).Dispose();
        Assert.Equal(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), File.ReadAllText(directory.Below("lock")).Trim());
    }

    [Theory]
    [InlineData("link")]
    [InlineData("dangling")]
    [InlineData("directory")]
    [InlineData("fifo")]
    [InlineData("socket")]
    public void B08_only_a_regular_file_is_a_lock(string kind)
    {
        using var directory = new TempDirectory();
        var path = directory.Below("lock");
        Plant(directory, kind, path);
        var error = Fails(UnixSocketFault.Refused, () => InstanceLock.Acquire(path, Label));
        Assert.Contains("not a regular file", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(directory.Below("nowhere")));
        Assert.False(InstanceLock.IsHeld(path));
    }

    [Fact]
    public void Another_users_file_is_refused()
    {
        NeedRoot();
        using var directory = new TempDirectory();
        File.WriteAllText(directory.Below("lock"), "");
        Chown(directory.Below("lock"), Starter.OrdinaryUid);
        var error = Fails(UnixSocketFault.Refused, () => InstanceLock.Acquire(directory.Below("lock"), Label));
        Assert.Contains("belongs to uid 4242", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Children_do_not_keep_the_lock()
    {
        using var directory = new TempDirectory();
        using var held = InstanceLock.Acquire(directory.Below("lock"), Label);
        using var child = Peers.Child.Run(["/bin/sh", "-c", "ls -l /proc/self/fd; read wait"]);
        held.Dispose();
        Assert.False(InstanceLock.IsHeld(directory.Below("lock")));
        Assert.DoesNotContain(directory.Path, child.Finish().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_directory_is_said_to_be_the_reason()
    {
        using var directory = new TempDirectory();
        var error = Fails(UnixSocketFault.CannotCreate, () => InstanceLock.Acquire(directory.Below("missing/lock"), Label));
        Assert.Contains("No such file or directory", error.Message, StringComparison.Ordinal);
    }

    private static void Plant(TempDirectory directory, string kind, string path)
    {
        switch (kind)
        {
            case "link":
                File.WriteAllText(directory.Below("target"), "");
                File.CreateSymbolicLink(path, directory.Below("target"));
                break;
            case "dangling":
                File.CreateSymbolicLink(path, directory.Below("nowhere"));
                break;
            case "directory":
                Directory.CreateDirectory(path);
                break;
            case "fifo":
                Assert.Equal(0, TestLibC.mkfifo(path, Octal("0600")));
                break;
            default:
                LeaveDeadSocket(path);
                break;
        }
    }
}
