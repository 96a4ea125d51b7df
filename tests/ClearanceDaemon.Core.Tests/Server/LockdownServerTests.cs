using System.Text.Json;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>Locked down means denied: what rules allow, what waits, what is granted, over a restart, and whatever stands in the file.</summary>
public sealed class LockdownServerTests : IDisposable
{
    private const string On = """{"on":true,"reason":"stolen laptop"}""";
    private const string Off = """{"on":false}""";
    private readonly string _state = Directory.CreateTempSubdirectory("clearance-lockdown-").FullName;

    private string Note => Path.Combine(_state, "state", "lockdown");

    public void Dispose() => Directory.Delete(_state, recursive: true);

    [Fact]
    public void Everything_is_denied_until_it_is_lifted()
    {
        Run((daemon, person) =>
        {
            var begun = person.Call("daemon.lockdown", On);
            Assert.Equal("True stolen laptop", $"{begun.GetProperty("state").GetProperty("on")} {begun.GetProperty("state").GetProperty("reason")}");
            foreach (var action in new[] { "demo.read", "demo.write", "demo.wait", "demo.own", "demo.none" })
            {
                var answer = daemon.AskOnce($$"""{"action":"{{action}}"}""");
                Assert.Equal("denied operator", Asking.Essence(answer));
                Assert.Equal("everything is locked down: stolen laptop", answer.GetProperty("reason").GetString());
            }

            var status = daemon.OperatorCall("daemon.status");
            Assert.Equal("degraded True", $"{status.GetProperty("state")} {status.GetProperty("lockdown").GetProperty("on")}");
            Assert.True(person.Next("lockdown").GetProperty("data").GetProperty("on").GetBoolean());
            Assert.Equal("stolen laptop", Whole(daemon, "{}").GetProperty("reason").GetString());

            Assert.False(person.Call("daemon.lockdown", Off).GetProperty("state").GetProperty("on").GetBoolean());
            Assert.False(person.Next("lockdown").GetProperty("data").GetProperty("on").GetBoolean());
            Assert.Equal("allowed rule:read", Asking.Essence(daemon.AskOnce("""{"action":"demo.read"}""")));
            Assert.Equal("ok", daemon.OperatorCall("daemon.status").GetProperty("state").GetString());
            Assert.False(File.Exists(Note));
        });
        Run((daemon, _) =>
        {
            var records = daemon.AuditRecords().Where(static r => r.GetProperty("kind").GetString() == "lockdown").ToArray();
            Assert.Equal(["on stolen laptop", "off stolen laptop"], records.Select(static r => $"{r.GetProperty("state")} {r.GetProperty("reason")}"));
            Assert.All(records, static r => Assert.Equal(Environment.ProcessId, r.GetProperty("decider").GetInt32()));
        });
    }

    [Fact]
    public void What_waits_is_denied_at_once_and_cannot_be_decided_any_more()
    {
        Run((daemon, person) =>
        {
            using var one = new Asking(daemon);
            using var two = new Asking(daemon, "claude");
            one.Ask("""{"action":"x.y"}""");
            one.Ask("""{"action":"x.y"}""");
            two.Ask("""{"action":"x.y"}""");
            var seen = person.Next("asked");
            Assert.Equal(2, person.Call("daemon.lockdown", On).GetProperty("denied").GetInt32());
            Assert.Equal(["denied operator", "denied operator", "denied operator"], [one.Answer(), one.Answer(), two.Answer()]);
            Assert.Equal("unknown_request", Asking.Essence(person.Decide(seen, "allow")));
            Assert.Equal("denied", person.Next("decided").GetProperty("data").GetProperty("outcome").GetString());
            Assert.Equal(2, daemon.AuditRecords().Count(static r => r.GetProperty("kind").GetString() == "verdict"));
        });
    }

    [Fact]
    public void Grants_are_revoked_for_good()
    {
        Run((daemon, person) =>
        {
            Grant(daemon, person);
            Assert.Equal(1, person.Call("daemon.lockdown", On).GetProperty("revoked").GetInt32());
            Assert.Equal("lockdown", person.Next("grant_ended").GetProperty("data").GetProperty("why").GetString());
            person.Call("daemon.lockdown", Off);
            Assert.Equal("no_operator default", Asking.Essence(daemon.AskOnce("""{"action":"x.y","wait":"0s"}""")));
        });
    }

    [Fact]
    public void It_survives_a_restart_and_so_does_its_reason()
    {
        string? since = null;
        Run((_, person) => since = person.Call("daemon.lockdown", On).GetProperty("state").GetProperty("since").GetString());
        Run((daemon, person) =>
        {
            Assert.Equal("denied operator", Asking.Essence(daemon.AskOnce("""{"action":"demo.read"}""")));
            var state = Whole(daemon, "{}");
            Assert.Equal($"{since} stolen laptop", $"{state.GetProperty("since")} {state.GetProperty("reason")}");
            Assert.True(person.Next("snapshot_end").GetProperty("data").GetProperty("lockdown").GetProperty("on").GetBoolean());
            person.Call("daemon.lockdown", Off);
        });
        Run((daemon, _) => Assert.Equal("allowed rule:read", Asking.Essence(daemon.AskOnce("""{"action":"demo.read"}"""))));
    }

    [Fact]
    public void A_grant_that_the_lockdown_had_no_time_to_take_off_the_disk_is_gone_after_the_restart()
    {
        // As a kill right behind the note leaves it.
        var grants = Path.Combine(_state, "state", "grants.json");
        Run((daemon, person) => Grant(daemon, person));
        var kept = File.ReadAllBytes(grants);
        Run((_, person) => person.Call("daemon.lockdown", On));
        File.WriteAllBytes(grants, kept);
        Run((daemon, person) =>
        {
            person.Call("daemon.lockdown", Off);
            Assert.Equal("no_operator default", Asking.Essence(daemon.AskOnce("""{"action":"x.y","wait":"0s"}""")));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("on")]
    [InlineData("[]")]
    [InlineData("{\"since\":5}")]
    [InlineData("{\"version\":1,\"since\":\"2026-01-01T00:00:00.000Z\",\"reason\":\"\\ud800\"}")]
    [InlineData("DIRECTORY")]
    [InlineData("LINK")]
    [InlineData("FIFO")]
    [InlineData("HUGE")]
    public void Whatever_stands_under_its_name_means_on(string what)
    {
        Run(static (_, _) => { });
        switch (what)
        {
            case "DIRECTORY":
                Directory.CreateDirectory(Note);
                break;
            case "LINK":
                File.CreateSymbolicLink(Note, "/nonexistent");
                break;
            case "FIFO":
                Assert.Equal(0, Children.Run("mkfifo", Note));
                break;
            default:
                File.WriteAllText(Note, what == "HUGE" ? "{\"since\":\"" + new string('2', 100_000) : what);
                break;
        }

        Run((daemon, person) =>
        {
            Assert.Equal("denied operator", Asking.Essence(daemon.AskOnce("""{"action":"demo.read"}""")));
            Assert.Equal("degraded", daemon.OperatorCall("daemon.status").GetProperty("state").GetString());
            var lifted = person.Call("daemon.lockdown", Off);
            if (what == "DIRECTORY")
            {
                Assert.Equal("unavailable", Asking.Essence(lifted));
                Assert.Equal("denied operator", Asking.Essence(daemon.AskOnce("""{"action":"demo.read"}""")));
                return;
            }

            Assert.Equal("allowed rule:read", Asking.Essence(daemon.AskOnce("""{"action":"demo.read"}""")));
        });
    }

    [Fact]
    public void A_verdict_on_its_way_to_the_disk_is_overruled_and_makes_no_grant()
    {
        Run((daemon, person) =>
        {
            using var asking = new Asking(daemon);
            asking.Ask("""{"action":"x.y"}""");
            var seen = person.Next("asked").GetProperty("data");
            using var both = daemon.Operator();
            both.Send(
                $$$"""{"jsonrpc":"2.0","id":"d","method":"clearance.decide","params":{"id":"{{{seen.GetProperty("id")}}}","digest":"{{{seen.GetProperty("digest")}}}","verdict":"deny","scope":{"kind":"always"},"reason":"mine"}}""" + "\n"
                + $$$"""{"jsonrpc":"2.0","id":"l","method":"daemon.lockdown","params":{{{On}}}}""" + "\n");
            JsonElement[] replies = [TestDaemon.Parse(both.ReadLine()!), TestDaemon.Parse(both.ReadLine()!)];
            var decided = replies.Single(static r => r.GetProperty("id").GetString() == "d");
            Assert.Equal("forbidden", Asking.Essence(decided.GetProperty("error")));
            Assert.Equal("everything is locked down: stolen laptop", asking.AnswerWhole().GetProperty("reason").GetString());
            Assert.Equal(0, daemon.Parts.Grants.Count);
            Assert.Contains(daemon.AuditRecords(), static r => r.TryGetProperty("ended", out var ended) && ended.GetString() == "not kept");
            person.Call("daemon.lockdown", Off);
            Assert.Equal("no_operator default", Asking.Essence(daemon.AskOnce("""{"action":"x.y","wait":"0s"}""")));
        });
        Run((daemon, _) => Assert.Equal(0, daemon.Parts.Grants.Count));
    }

    [Fact]
    public void A_verdict_that_was_kept_for_its_key_is_not_told_any_more()
    {
        Run((daemon, person) =>
        {
            using var asking = new Asking(daemon);
            asking.Ask("""{"action":"x.y","key":"k"}""");
            person.Decide(person.Next("asked"), "allow");
            Assert.Equal("allowed operator", asking.Answer());
            Assert.Equal("allowed operator", asking.Call("clearance.wait", """{"key":"k"}"""));
            person.Call("daemon.lockdown", On);
            Assert.Equal("unknown_request", asking.Call("clearance.wait", """{"key":"k"}"""));
            Assert.Equal("denied operator", asking.Settled("""{"action":"x.y","key":"k"}"""));
            person.Call("daemon.lockdown", Off);
            Assert.Equal("unknown_request", asking.Call("clearance.wait", """{"key":"k"}"""));
        });
    }

    [Fact]
    public void One_that_begins_while_another_is_lifted_holds()
    {
        Run((daemon, person) =>
        {
            using var both = daemon.Operator();
            for (var round = 0; round < 10; round++)
            {
                person.Call("daemon.lockdown", On);
                both.Send(Lockdown(Off) + Lockdown(On));
                JsonElement[] replies = [TestDaemon.Parse(both.ReadLine()!), TestDaemon.Parse(both.ReadLine()!)];
                var on = Whole(daemon, "{}").GetProperty("on").GetBoolean();
                Assert.True(on || replies.All(static r => r.TryGetProperty("result", out _)), "both were answered");
                Assert.Equal(on, File.Exists(Note));
                Assert.True(on, "who said on last has it");
            }
        });
        Run((daemon, _) => Assert.True(Whole(daemon, "{}").GetProperty("on").GetBoolean()));
    }

    [Fact]
    public void A_reason_has_2048_bytes_and_one_more_changes_nothing()
    {
        Run((daemon, person) =>
        {
            Assert.Equal("reason", person.Call("daemon.lockdown", $$"""{"on":true,"reason":"{{new string('x', 2049)}}"}""").GetProperty("data").GetProperty("member").GetString());
            Assert.False(Whole(daemon, "{}").GetProperty("on").GetBoolean());
            Assert.True(person.Call("daemon.lockdown", $$"""{"on":true,"reason":"{{new string('x', 2048)}}"}""").GetProperty("state").GetProperty("on").GetBoolean());
        });
        Run((daemon, _) => Assert.Equal(2048, Whole(daemon, "{}").GetProperty("reason").GetString()!.Length));
    }

    private static string Lockdown(string parameters) => $$"""{"jsonrpc":"2.0","id":1,"method":"daemon.lockdown","params":{{parameters}}""" + "}\n";

    private static JsonElement Whole(TestDaemon daemon, string parameters) => daemon.OperatorCall("daemon.lockdown", parameters).GetProperty("state");

    private static void Grant(TestDaemon daemon, Person person)
    {
        using var asking = new Asking(daemon);
        asking.Ask("""{"action":"x.y"}""");
        person.Decide(person.Next("asked"), "allow", ",\"scope\":{\"kind\":\"always\"}");
        Assert.Equal("allowed operator", asking.Answer());
        Assert.StartsWith("allowed grant:", asking.Settled("""{"action":"x.y"}"""), StringComparison.Ordinal);
    }

    private void Run(Action<TestDaemon, Person> act)
    {
        using var daemon = new TestDaemon(options: static o => o with { SelfApproval = true }, state: _state);
        using var person = new Person(daemon);
        act(daemon, person);
    }
}
