using System.Text.Json;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>terok-shield as it is released, played by a short Python emitter and a command on PATH, with the real daemon and its handlers process between them.</summary>
public sealed class TerokShieldTests : IDisposable
{
    private const string Emitter = """
        import json, socket, sys
        for line in sys.argv[2:]:
            s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])
            s.sendall(line.encode() + b'\n'); s.close()
        """;

    private const string Pending = """{"type":"pending","id":"c1:7","container":"c1","dest":"1.2.3.4","port":443,"proto":6,"domain":"example.com","dossier":{"project":"p","task":"t","name":"n"}}""";

    private readonly TestHome _home = new();
    private readonly Daemon _daemon;

    public TerokShieldTests()
    {
        Repository.RequireNative();
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "/usr/bin/python3 is not installed");
        var bin = Path.Combine(_home.Root, "bin");
        Directory.CreateDirectory(bin);
        var command = Path.Combine(bin, "terok-shield");
        File.WriteAllText(command, $"""
            #!/bin/sh
            echo "$(printf '<%s>' "$@")" >>'{Calls}'
            [ ! -e '{Refusal}' ] || {"{"} cat '{Refusal}' >&2; exit 1; {"}"}
            """);
        File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _home.Environment["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}";
        _home.WriteRules("""
            {"version":1,"rules":[
              {"id":"never","action":"net.connect","via":"terok-shield","resource":{"host":"evil.example","port":443},"decision":"deny"},
              {"id":"packages","action":"net.connect","via":"terok-shield","resource":{"host":"*.packages.example","port":443},"decision":"allow"}]}
            """);
        _daemon = _home.Start();
        _home.Clearance("handlers", "enable", "terok-shield").Expect(0);
    }

    private string Calls => Path.Combine(_home.Root, "calls");

    /// <summary>While it exists the command fails and complains with its contents.</summary>
    private string Refusal => Path.Combine(_home.Root, "refusal");

    private string EventSocket => Path.Combine(_home.Root, "run", "terok-shield-events.sock");

    public void Dispose()
    {
        _daemon.Dispose();
        _home.Dispose();
    }

    [Fact]
    public void It_is_off_until_it_is_switched_on_and_stays_on_over_a_restart()
    {
        _home.Clearance("handlers", "disable", "terok-shield").Expect(0);
        Assert.False(Path.Exists(EventSocket));
        _home.Clearance("handlers", "enable", "terok-shield").Expect(0);
        Assert.Equal(0, _daemon.Stop());
        Assert.False(Path.Exists(EventSocket));
        using var again = _home.Start();
        Until.True(() => Daemon.Listens(EventSocket), "the event socket after a restart");
    }

    [Fact]
    public void A_burst_is_one_prompt_and_the_verdict_runs_exactly_one_command()
    {
        Emit([.. Enumerable.Range(0, 9).Select(static i => Pending.Replace("c1:7", $"c1:{i}", StringComparison.Ordinal).Replace("1.2.3.4", $"1.2.3.{i}", StringComparison.Ordinal))]);
        var ask = OnlyPending();
        Until.True(() => OnlyPending().GetProperty("times").GetInt32() == 9, "nine of one");
        Assert.Equal(("net.connect", "example.com:443"), (ask.GetProperty("ask").GetProperty("action").GetString(), ask.GetProperty("ask").GetProperty("resource").GetString()));
        Assert.Equal(("p", "task: t, name: n"), (ask.GetProperty("claimed").GetProperty("project").GetString(), ask.GetProperty("claimed").GetProperty("reason").GetString()));
        Assert.Equal(("container", "c1"), (ask.GetProperty("observed").GetProperty("principal").GetString(), ask.GetProperty("observed").GetProperty("container").GetString()));
        _home.Clearance("allow", Id(ask)).Expect(0);
        WaitForCalls("<allow><c1><example.com>");
        Until.True(() => Records("effect").Length == 1, "the effect to be on record");
        Assert.Empty(PendingItems());
    }

    [Fact]
    public void A_command_that_fails_leaves_the_ask_open_with_what_it_said()
    {
        File.WriteAllText(Refusal, "no such container: c1\n");
        Emit(Pending);
        var ask = OnlyPending();
        _home.Clearance("allow", Id(ask)).Expect(0);
        Until.True(() => PendingItems() is [var again] && again.TryGetProperty("failed", out _), "the ask to be open again");
        var failed = OnlyPending().GetProperty("failed");
        Assert.Equal((Id(ask), "terok-shield", "allowed", 1), (Id(OnlyPending()), failed.GetProperty("handler").GetString(), failed.GetProperty("outcome").GetString(), failed.GetProperty("attempts").GetInt32()));
        Assert.Equal(("exit", 1, "no such container: c1"), (
            failed.GetProperty("failure").GetProperty("why").GetString(), failed.GetProperty("failure").GetProperty("exitCode").GetInt32(), failed.GetProperty("failure").GetProperty("stderr").GetString()));
        Assert.Contains("no such container: c1", _home.Clearance("pending").Expect(0).Output, StringComparison.Ordinal);
        File.Delete(Refusal);
        _home.Clearance("allow", Id(ask)).Expect(0);
        WaitForCalls("<allow><c1><example.com>", "<allow><c1><example.com>");
        Until.True(() => PendingItems().Length == 0 && Records("effect").Length == 2, "the second try to be done");
    }

    [Fact]
    public void Rules_decide_without_a_person()
    {
        Emit(
            Pending.Replace("example.com", "pip.packages.example", StringComparison.Ordinal),
            Pending.Replace("example.com", "evil.example", StringComparison.Ordinal));
        Until.True(() => File.Exists(Calls) && File.ReadAllLines(Calls).Length == 2, "two commands");
        Assert.Equal(["<allow><c1><pip.packages.example>", "<deny><c1><evil.example>"], File.ReadAllLines(Calls).Order(StringComparer.Ordinal));
        Assert.Empty(PendingItems());
    }

    [Fact]
    public void With_the_container_go_its_asks_and_the_grants_for_its_life()
    {
        Emit(Pending);
        _home.Clearance("allow", Id(OnlyPending()), "--until-exit").Expect(0);
        WaitForCalls("<allow><c1><example.com>");
        Emit(Pending);
        WaitForCalls("<allow><c1><example.com>", "<allow><c1><example.com>");
        Emit(Pending.Replace("example.com", "other.example", StringComparison.Ordinal), Pending.Replace("\"c1\"", "\"c2\"", StringComparison.Ordinal));
        Until.True(() => PendingItems().Length == 2, "another target, and another container, to be asked about");
        Emit("""{"type":"container_exited","container":"c1","reason":"poststop"}""");
        Until.True(() => PendingItems() is [var left] && left.GetProperty("observed").GetProperty("container").GetString() == "c2", "only the other container's ask to be left");
        using var person = new Operator(_home.OperatorSocket);
        Assert.Empty(person.Result("grants.list").GetProperty("items").EnumerateArray());
    }

    [Fact]
    public void B68_what_a_newer_firewall_says_is_counted_and_seen_and_the_rest_goes_on()
    {
        Emit("""{"type":"shield_paused","container":"c1"}""", "", "{", "[]", """{"type":"shield_paused","container":"c1"}""", Pending);
        var ask = OnlyPending();
        var counters = _home.ClearanceJson("status").GetProperty("handlers").GetProperty("items").EnumerateArray()
            .Single(static item => item.GetProperty("name").GetString() == "terok-shield").GetProperty("counters");
        Assert.Equal((2, 1, 1, 1), (Count("unknown:shield_paused"), Count("blank"), Count("malformed"), Count("notAnObject")));
        Assert.Contains("shield_paused", _home.Clearance("status").Output, StringComparison.Ordinal);
        _home.Clearance("deny", Id(ask)).Expect(0);
        WaitForCalls("<deny><c1><example.com>");

        int Count(string name) => counters.GetProperty(name).GetInt32();
    }

    [Fact]
    public void What_could_pass_for_an_option_never_comes_near_a_command_line()
    {
        Emit(
            Pending.Replace("\"container\":\"c1\"", "\"container\":\"--help\"", StringComparison.Ordinal),
            Pending.Replace("example.com", "-rf.example", StringComparison.Ordinal),
            Pending.Replace("\"container\":\"c1\"", "\"container\":\"c1;id\"", StringComparison.Ordinal),
            Pending.Replace("example.com", "last.packages.example", StringComparison.Ordinal));
        WaitForCalls("<allow><c1><last.packages.example>");
        Assert.Empty(PendingItems());
    }

    private static string Id(JsonElement ask) => ask.GetProperty("id").GetString()!;

    private void Emit(params IEnumerable<string> lines) => Command.Run(_home.Environment, null, ["/usr/bin/python3", "-c", Emitter, EventSocket, .. lines]).Expect(0);

    private JsonElement OnlyPending()
    {
        Until.True(() => PendingItems().Length == 1, "one prompt");
        return PendingItems()[0];
    }

    private JsonElement[] PendingItems()
    {
        using var person = new Operator(_home.OperatorSocket);
        return [.. person.Result("clearance.pending").GetProperty("items").EnumerateArray()];
    }

    private JsonElement[] Records(string kind) => [.. File.ReadAllLines(Directory.GetFiles(Path.Combine(_home.State, "audit"))[0])
        .Select(static line => JsonDocument.Parse(line).RootElement.Clone()).Where(record => record.GetProperty("kind").GetString() == kind)];

    private void WaitForCalls(params string[] calls)
    {
        Until.True(() => File.Exists(Calls) && File.ReadAllLines(Calls).Length >= calls.Length, $"{calls.Length} commands; the daemon said: {_daemon.Log}");
        Assert.Equal(calls, File.ReadAllLines(Calls));
    }
}
