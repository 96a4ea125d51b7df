using System.Globalization;
using UnixPeers.Tests.Native;
using UnixPeers.Tests.Peers;
using static UnixPeers.Tests.Listeners.TempDirectory;

namespace UnixPeers.Tests.Listeners;

/// <summary>Unguessable directories, and listeners in them that are handed to a child.</summary>
[Collection(SharingDescriptors.Name)]
public sealed class EphemeralTests
{
    private const string Prefix = "clearance-";

    [Fact]
    public void It_is_private_unguessable_short_and_removed()
    {
        using var parent = new TempDirectory();
        var made = Enumerable.Range(0, 50).Select(_ => EphemeralDirectory.Create(parent.Path, Prefix)).ToList();
        Assert.Equal(50, made.Select(directory => directory.Path).Distinct().Count());
        Assert.All(made, directory =>
        {
            Assert.Equal("0700", Mode(directory.Path));
            Assert.True(InstanceLock.IsHeld(directory.Lock.Path));
            Assert.Equal(Prefix.Length + 26, Path.GetFileName(directory.Path).Length);
        });

        var deepest = $"/run/user/4294967294/{Path.GetFileName(made[0].Path)}/ask.d/{new string('n', 20)}/s.sock";
        Assert.InRange(deepest.Length, 1, UnixAddress.WarnPathBytes);

        File.WriteAllText(made[0].Path + "/left", "");
        made.ForEach(directory => directory.Dispose());
        Assert.Empty(Directory.GetFileSystemEntries(parent.Path));
    }

    [Fact]
    public void A_taken_name_is_given_up_for_another()
    {
        using var parent = new TempDirectory();
        parent.Folder(Prefix + "taken");
        var names = new Queue<string>(["taken", "taken", "free"]);
        using var made = EphemeralDirectory.Create(parent.Path, Prefix, names.Dequeue);
        Assert.EndsWith("free", made.Path, StringComparison.Ordinal);

        Fails(UnixSocketFault.CannotCreate, () => EphemeralDirectory.Create(parent.Path, Prefix, () => "taken"));
        Assert.True(Directory.Exists(parent.Below(Prefix + "taken")));
    }

    [Fact]
    public void Only_left_overs_of_killed_owners_are_swept()
    {
        using var parent = new TempDirectory();
        var target = parent.Folder("target");
        File.WriteAllText(target + "/kept", "");
        using var alive = EphemeralDirectory.Create(parent.Path, Prefix);
        var killed = parent.Folder(Prefix + RandomName.Create());
        File.WriteAllText(killed + "/lock", "1\n");
        File.CreateSymbolicLink(killed + "/link", target);
        var halfMade = parent.Folder(Prefix + RandomName.Create());
        string[] others = [parent.Folder(Prefix + "work"), parent.Folder("other-" + RandomName.Create()), parent.Folder(Prefix + RandomName.Create(), Octal("0755"))];

        Assert.Equal(2, EphemeralDirectory.Sweep(parent.Path, Prefix));
        Assert.False(Directory.Exists(killed));
        Assert.False(Directory.Exists(halfMade));
        Assert.True(Directory.Exists(alive.Path));
        Assert.True(File.Exists(target + "/kept"));
        Assert.All(others, path => Assert.True(Directory.Exists(path)));
    }

    [Fact]
    public void A_left_over_that_cannot_be_removed_does_not_keep_the_others()
    {
        NeedRoot();
        using var parent = new TempDirectory();
        string[] leftOvers = [parent.Folder(Prefix + RandomName.Create()), parent.Folder(Prefix + RandomName.Create()), parent.Folder(Prefix + RandomName.Create())];
        var shut = Directory.CreateDirectory(leftOvers[1] + "/folder/shut").FullName;
        File.WriteAllText(shut + "/file", "");
        string[] theirs = [parent.Path, .. leftOvers, leftOvers[1] + "/folder", shut];
        Assert.All(theirs, path => Chown(path, Starter.OrdinaryUid));
        Chmod(shut, 0);

        using var ordinary = new Starter(Starter.AsOrdinaryUser);
        Assert.Equal("ok", ordinary.Ask("sweep", parent.Path, Prefix));
        Assert.Equal([leftOvers[1]], Directory.GetDirectories(parent.Path));
        Assert.False(InstanceLock.IsHeld(leftOvers[1] + "/lock"));
    }

    [Fact]
    public void A_sweep_between_mkdir_and_lock_costs_a_name_only()
    {
        using var parent = new TempDirectory();
        using var stop = new CancellationTokenSource();
        var sweeper = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                EphemeralDirectory.Sweep(parent.Path, Prefix);
            }
        });
        sweeper.Start();
        try
        {
            for (var i = 0; i < 500; i++)
            {
                using var made = EphemeralDirectory.Create(parent.Path, Prefix);
                Assert.True(Directory.Exists(made.Path));
            }
        }
        finally
        {
            stop.Cancel();
            sweeper.Join();
        }

        Assert.Empty(Directory.GetFileSystemEntries(parent.Path));
    }

    [Fact]
    public void An_unsafe_or_missing_parent_is_refused()
    {
        using var parent = new TempDirectory();
        Fails(UnixSocketFault.Refused, () => EphemeralDirectory.Create(parent.Folder("shared", Octal("0777")), Prefix));
        Fails(UnixSocketFault.CannotCreate, () => EphemeralDirectory.Create(parent.Below("missing"), Prefix));
        Fails(UnixSocketFault.InvalidAddress, () => EphemeralDirectory.Create("relative", Prefix));
    }

    [Fact]
    public void A_python_child_accepts_on_the_descriptor_it_was_handed()
    {
        using var parent = new TempDirectory();
        using var listener = UnixListener.ForChild(Options, out var directory, parent.Path);
        Child child;
        using (directory)
        {
            using (listener.ShareWithChildren())
            {
                child = Child.Python("""
                    s = socket.socket(fileno=int(sys.argv[1]))
                    c, _ = s.accept()
                    c.sendall(c.recv(100).upper())
                    c.close()
                    hear()
                    """, listener.Handle.DangerousGetHandle().ToString(CultureInfo.InvariantCulture));
            }

            using (child)
            {
                Assert.Equal(1, TestLibC.fcntl((int)listener.Handle.DangerousGetHandle(), TestLibC.F_GETFD));
                using var client = UnixPeerClient.Connect(listener.Address, TestLibC.geteuid());
                client.Stream.Write("hello\n"u8);
                Assert.Equal("HELLO"u8.ToArray(), client.ReadLine()!.Value.ToArray());
            }

            listener.Dispose();
        }

        Assert.Empty(Directory.GetFileSystemEntries(parent.Path));
    }

    [Fact]
    public void Without_sharing_a_child_has_no_such_descriptor()
    {
        using var directory = new TempDirectory();
        using var listener = directory.Bind();
        using var child = Child.Run(["/bin/sh", "-c", "ls -l /proc/self/fd | grep -c socket:"]);
        Assert.Equal("0", child.Finish().Output.Trim());
    }
}
