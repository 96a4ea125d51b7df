using System.Globalization;
using static UnixPeers.Tests.Listeners.TempDirectory;

namespace UnixPeers.Tests.Listeners;

/// <summary>Step 5: 0600 from birth, whatever the umask, which stays as it is.</summary>
public sealed class SocketModeTests
{
    private const int Rounds = 500;
    private const int Binds = 200;

    [Fact]
    public void B01_every_mode_ever_seen_is_0600()
    {
        using var directory = new TempDirectory();
        using var starter = new Starter();
        Assert.Equal("ok", starter.Ask("umask", "0000"));
        var seen = new int[512];
        var done = false;
        var watcher = new Thread(() =>
        {
            while (!Volatile.Read(ref done))
            {
                if (FileStatus.Of(directory.Socket) is { } found)
                {
                    seen[found.Permissions]++;
                }
            }
        });
        watcher.Start();
        var answer = starter.Ask("rounds", directory.Socket, Rounds.ToString(CultureInfo.InvariantCulture));
        Volatile.Write(ref done, true);
        watcher.Join();

        Assert.Equal("ok", answer);
        Assert.True(seen[Octal("0600")] > 0, "the watcher never saw the socket");
        Assert.Equal(seen[Octal("0600")], seen.Sum());
    }

    [Fact]
    public async Task B02_B03_other_threads_files_and_directories_keep_their_modes()
    {
        using var directory = new TempDirectory();
        var mask = Octal(File.ReadLines("/proc/self/status").First(line => line.StartsWith("Umask:", StringComparison.Ordinal))[6..].Trim());
        var (folder, file) = (Octal("0777") & ~mask, Octal("0666") & ~mask);
        using var stop = new CancellationTokenSource();
        var others = Task.Run(() => MakeOthers(directory, folder, file, stop.Token));
        for (var i = 0; i < Binds; i++)
        {
            directory.Bind().Dispose();
        }

        await stop.CancelAsync();
        Assert.True(await others > 0);
    }

    [Theory]
    [InlineData("0000")]
    [InlineData("0277")]
    [InlineData("0777")]
    public void B77_starts_under_any_umask(string mask)
    {
        using var directory = new TempDirectory();
        StartsUnder(mask, directory, new Starter());
    }

    [Theory]
    [InlineData("0000")]
    [InlineData("0277")]
    [InlineData("0777")]
    public void B77_starts_under_any_umask_as_an_ordinary_user(string mask)
    {
        NeedRoot();
        using var directory = new TempDirectory();
        Chown(directory.Path, Starter.OrdinaryUid);
        StartsUnder(mask, directory, new Starter(Starter.AsOrdinaryUser));
    }

    private static void StartsUnder(string mask, TempDirectory directory, Starter starter)
    {
        using (starter)
        {
            Assert.Equal("ok", starter.Ask("umask", mask));
            Assert.Equal("ok", starter.Ask("ensure", directory.Below("run")));
            Assert.Equal("ok", starter.Ask("start", directory.Below("run/lock"), directory.Below("run/clearance/ask/clearance.sock")));
            Assert.All(["run", "run/clearance", "run/clearance/ask"], name => Assert.Equal("0700", Mode(directory.Below(name))));
            Assert.All(["run/lock", "run/clearance/ask/clearance.sock"], name => Assert.Equal("0600", Mode(directory.Below(name))));
            Assert.Equal("ok", starter.Ask("close"));
            Assert.Equal("ok", starter.Ask("start", directory.Below("run/lock"), directory.Below("run/clearance/ask/clearance.sock")));
        }
    }

    private static int MakeOthers(TempDirectory directory, uint folder, uint file, CancellationToken stop)
    {
        var made = 0;
        for (; !stop.IsCancellationRequested || made == 0; made++)
        {
            var name = directory.Below($"other{made}");
            Directory.CreateDirectory(name);
            File.WriteAllText(name + "/file", "");
            Assert.Equal(folder, FileStatus.Of(name)!.Value.Permissions);
            Assert.Equal(file, FileStatus.Of(name + "/file")!.Value.Permissions);
        }

        return made;
    }
}
