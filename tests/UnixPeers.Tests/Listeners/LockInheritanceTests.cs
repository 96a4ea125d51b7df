using System.Globalization;
using System.Net.Sockets;
using UnixPeers.Tests.Native;
using UnixPeers.Tests.Peers;

namespace UnixPeers.Tests.Listeners;

/// <summary>A child that shares our open files, as every child does between fork and exec.</summary>
[Collection(SharingDescriptors.Name)]
public sealed class LockInheritanceTests
{
    [Fact]
    public void Dispose_frees_the_lock_though_a_child_still_has_the_descriptor()
    {
        using var directory = new TempDirectory();
        var path = directory.Below("lock");
        var held = InstanceLock.Acquire(path, "instance lock");
        var descriptor = DescriptorOf(path);
        using var notOwned = new SafeSocketHandle(descriptor, ownsHandle: false);
        Child child;
        using (new SharedDescriptor(notOwned))
        {
            child = Child.Python("say(os.readlink('/proc/self/fd/' + sys.argv[1]))\nhear()", descriptor.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(path, child.Hear());
        }

        using (child)
        {
            Assert.True(InstanceLock.IsHeld(path));
            held.Dispose();
            Assert.False(InstanceLock.IsHeld(path));
            InstanceLock.Acquire(path, "instance lock").Dispose();
        }
    }

    [Fact]
    public void Asking_whether_it_is_held_does_not_hold_it()
    {
        using var directory = new TempDirectory();
        var path = directory.Below("lock");
        InstanceLock.Acquire(path, "instance lock").Dispose();
        for (var i = 0; i < 100; i++)
        {
            Assert.False(InstanceLock.IsHeld(path));
            InstanceLock.Acquire(path, "instance lock").Dispose();
        }
    }

    [Fact]
    public void A_failed_attempt_does_not_free_the_holders_lock()
    {
        using var directory = new TempDirectory();
        var path = directory.Below("lock");
        using var held = InstanceLock.Acquire(path, "instance lock");
        for (var i = 0; i < 3; i++)
        {
            TempDirectory.Fails(UnixSocketFault.InUse, () => InstanceLock.Acquire(path, "instance lock"));
        }

        using var starter = new Starter();
        var answer = starter.Ask("start", path, directory.Socket);
        Assert.StartsWith("InUse", answer, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId} ", answer, StringComparison.Ordinal);
        Assert.Null(FileStatus.Of(directory.Socket));
    }

    private static int DescriptorOf(string path)
    {
        var found = Directory.GetFiles("/proc/self/fd").Single(link => new FileInfo(link).LinkTarget == path);
        var descriptor = int.Parse(Path.GetFileName(found), CultureInfo.InvariantCulture);
        Assert.Equal(1, TestLibC.fcntl(descriptor, TestLibC.F_GETFD));
        return descriptor;
    }
}
