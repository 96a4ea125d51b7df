using System.Diagnostics;
using System.Text.Json;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Core.Tests.Server;

namespace ClearanceDaemon.Core.Tests.Sessions;

/// <summary>The inner wall with the outer one removed: modes loosened on purpose, and another user comes in by the door.</summary>
public sealed class RefusedPeerTests
{
    private const int Nobody = 65534;
    private const UnixFileMode Passable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const UnixFileMode Open =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Connects, asks, and prints all it hears; being cut off while asking is hearing nothing.</summary>
    private const string Stranger = """
        import socket, sys
        heard = b''
        s = socket.socket(socket.AF_UNIX); s.settimeout(30); s.connect(sys.argv[1])
        try:
            s.sendall(b'{"jsonrpc":"2.0","id":1,"method":"clearance.ask","params":{"action":"demo.read"}}\n')
            while True:
                got = s.recv(4096)
                if not got: break
                heard += got
        except (ConnectionResetError, BrokenPipeError): pass
        print(repr(heard))
        """;

    [Theory]
    [InlineData("ask")]
    [InlineData("claude")]
    [InlineData("operator")]
    public void Another_user_is_closed_without_a_word_counted_audited_once_and_logged(string via)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can connect as another user");
        using var daemon = new TestDaemon();
        var directory = Path.Combine(daemon.Root, via);
        File.SetUnixFileMode(daemon.Root, Passable);
        File.SetUnixFileMode(directory, Passable);
        File.SetUnixFileMode(Path.Combine(directory, "s"), Open);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("b''", Connect(Path.Combine(directory, "s")));
        }

        Eventually.True(() => daemon.Count(Counter.RefusedPeers) == 3, "each is counted");
        Eventually.True(() => Refused(daemon).Length > 0, "the first is audited");
        var record = Assert.Single(Refused(daemon));
        Assert.Equal((via, Nobody, "another user", 1), (
            record.GetProperty("via").GetString(), record.GetProperty("uid").GetInt32(), record.GetProperty("reason").GetString(), record.GetProperty("count").GetInt32()));
        Assert.True(record.GetProperty("pid").GetInt32() > 1);
        var line = Assert.Single(daemon.Log.Lines, static line => line.Id == 10);
        Assert.StartsWith($"refused 1 connections on {via} from uid {Nobody} (pid ", line.Text, StringComparison.Ordinal);
        Assert.Equal(0, daemon.Count(Counter.Requests));
        Assert.Equal(0, daemon.Count(Counter.ConnectionsOpen));
        Assert.Equal("allowed", daemon.AskOnce("""{"action":"demo.read"}""").GetProperty("outcome").GetString());
        Assert.Equal(3, daemon.OperatorCall("daemon.status").GetProperty("counters").GetProperty("refusedPeers").GetInt32());
    }

    private static JsonElement[] Refused(TestDaemon daemon) =>
        [.. daemon.AuditRecords().Where(static record => record.GetProperty("kind").GetString() == "refused")];

    private static string Connect(string path)
    {
        var start = new ProcessStartInfo(
            "setpriv", ["--reuid", $"{Nobody}", "--regid", $"{Nobody}", "--clear-groups", "/usr/bin/python3", "-c", Stranger, path])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var heard = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(Eventually.Limit));
        Assert.Equal(0, process.ExitCode);
        return heard.Trim();
    }
}
