using System.Text.Json;
using ClearanceDaemon.Tests.Native;
using ClearanceDaemon.Tests.Support;
using UnixPeers;

namespace ClearanceDaemon.Tests.Processes;

/// <summary>A daemon in a directory nobody can guess, which goes with it.</summary>
public sealed class EphemeralTests : IDisposable
{
    private readonly Home _home = new();

    private string Run => Path.Combine(_home.Root, "run");

    public void Dispose() => _home.Dispose();

    [Fact]
    public void It_announces_every_place_serves_there_and_takes_all_along()
    {
        _home.WriteRules();
        using var daemon = DaemonProcess.Start(_home, "--ephemeral", "--rules", _home.Rules);
        var places = Announced(daemon);
        var directory = places.GetProperty("dir").GetString()!;
        Assert.True(places.GetProperty("ready").GetBoolean());
        Assert.Equal(daemon.Pid, places.GetProperty("pid").GetInt32());
        Assert.Equal(Run, Path.GetDirectoryName(directory));
        Assert.Equal(Home.OwnerOnly, File.GetUnixFileMode(directory));
        foreach (var name in (string[])["askSocket", "operatorSocket", "config", "rules", "state"])
        {
            Assert.StartsWith(directory + "/", places.GetProperty(name).GetString(), StringComparison.Ordinal);
        }

        var ask = places.GetProperty("askSocket").GetString()!;
        Assert.Equal(ask, places.GetProperty("askSockets").GetProperty("ask").GetString());
        Assert.Equal("allowed", daemon.Result(ask, "clearance.ask", """{"action":"demo.read"}""").GetProperty("outcome").GetString());
        Assert.True(Directory.Exists(places.GetProperty("state").GetString()));
        Assert.Equal(0, daemon.Stop());
        Assert.Empty(Directory.GetFileSystemEntries(Run));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_home.Root, "state")));
    }

    [Fact]
    public void Its_own_rules_directory_is_read_and_the_users_is_not()
    {
        _home.WriteRules();
        using var daemon = DaemonProcess.Start(_home, "--ephemeral");
        var places = Announced(daemon);
        var ask = places.GetProperty("askSocket").GetString()!;
        Assert.Equal("no_operator", daemon.Result(ask, "clearance.ask", """{"action":"demo.read"}""").GetProperty("outcome").GetString());
        File.WriteAllText(Path.Combine(places.GetProperty("rules").GetString()!, "1.json"), Home.SomeRules);
        daemon.Result(places.GetProperty("operatorSocket").GetString()!, "rules.reload");
        Assert.Equal("allowed", daemon.Result(ask, "clearance.ask", """{"action":"demo.read"}""").GetProperty("outcome").GetString());
    }

    [Fact]
    public void The_next_one_sweeps_what_a_killed_one_left_and_spares_the_living()
    {
        using var alive = DaemonProcess.Start(_home, "--ephemeral");
        using var killed = DaemonProcess.Start(_home, "--ephemeral");
        var (kept, left) = (Announced(alive).GetProperty("dir").GetString()!, Announced(killed).GetProperty("dir").GetString()!);
        killed.Signal(LibC.SIGKILL);
        killed.WaitForExit();
        Assert.True(Directory.Exists(left));
        using var next = DaemonProcess.Start(_home, "--ephemeral");
        var made = Announced(next).GetProperty("dir").GetString()!;
        Assert.Equal(new[] { kept, made }.Order(StringComparer.Ordinal), Directory.GetDirectories(Run).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_abstract_name_beside_the_socket_is_announced_without_a_member_that_stands_twice()
    {
        var name = $"clearanced-test-{Guid.NewGuid():n}";
        using var daemon = DaemonProcess.Start(_home, "--ephemeral", "--abstract", name);
        var sockets = Announced(daemon).GetProperty("askSockets");
        Assert.Equal(["ask"], sockets.EnumerateObject().Select(static member => member.Name));
        Assert.StartsWith("/", sockets.GetProperty("ask").GetString(), StringComparison.Ordinal);
        Assert.Equal("ask", daemon.Result("@" + name, "clearance.hello").GetProperty("via").GetString());
    }

    [Fact]
    public void Without_any_runtime_directory_it_lives_in_the_temporary_one()
    {
        Assert.SkipWhen(Directory.Exists($"/run/user/{OwnUser.Uid}"), "this user has a runtime directory");
        var temporary = Path.Combine(_home.Root, "tmp");
        Directory.CreateDirectory(temporary, Home.OwnerOnly);
        _home.Environment["TMPDIR"] = temporary;
        _home.Environment.Remove("XDG_RUNTIME_DIR");
        using var daemon = DaemonProcess.Start(_home, "--ephemeral");
        var places = Announced(daemon);
        Assert.Equal(temporary, Path.GetDirectoryName(places.GetProperty("dir").GetString()));
        daemon.Result(places.GetProperty("askSocket").GetString()!, "clearance.ping");
        Assert.Equal(0, daemon.Stop());
        Assert.Empty(Directory.GetFileSystemEntries(temporary));
    }

    [Fact]
    public void B09_an_unsafe_runtime_directory_is_refused_and_not_avoided()
    {
        File.SetUnixFileMode(Run, Home.OwnerOnly | UnixFileMode.OtherRead);
        var outcome = DaemonProcess.Run(_home, "--ephemeral");
        Assert.Equal(ExitCodes.Refused, outcome.ExitCode);
        Assert.Contains(Run, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_that_fails_leaves_no_directory()
    {
        _home.Environment["CLEARANCE_MAX_PENDING"] = "none";
        Assert.Equal(ExitCodes.Configuration, DaemonProcess.Run(_home, "--ephemeral").ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(Run));
    }

    private static JsonElement Announced(DaemonProcess daemon)
    {
        var line = daemon.ReadLine();
        Assert.True(line is not null, "nothing was announced: " + daemon.Log);
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
