using System.Text.Json;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary><c>watch</c> where there is no terminal: a line for each event.</summary>
public sealed class InboxLinesTests
{
    private static readonly PendingItem Ask = Some.Ask() with
    {
        Ask = new AskedFor { Action = "shell.exec", Resource = "web1", Details = Some.Details("""{"host":"web1","n":"3"}"""), Argv = ["rm", "-r", ""] },
        Claimed = new ClaimedFacts { Title = "clean up", Reason = "it is full", Project = "/home/me/app" },
    };

    private static readonly string Failed = Some.Json(Some.Ask(2) with
    {
        Observed = new PrincipalFacts { State = PrincipalState.Unknown, Principal = AskAs.Container, Container = "c1" },
        Failed = new FailedEffect { Handler = "h", Outcome = "denied", By = "operator", Time = "T", Attempts = 1, Failure = new HandlerFailure { Why = "exit", Message = "m" } },
    });

    [Fact]
    public void EveryEventIsALine()
    {
        var run = Follow([], [
            (EventType.AskedAgain, Some.Id(1), """{"times":14,"waiting":2}"""),
            (EventType.Decided, Some.Id(1), """{"outcome":"denied","by":"operator","reason":"no"}"""),
            (EventType.GrantMade, Some.Id(9), Some.Grant()),
            (EventType.GrantEnded, Some.Id(9), """{"why":"expired"}"""),
            (EventType.Lockdown, null, """{"on":true,"reason":"incident"}"""),
            (EventType.Lockdown, null, """{"on":false}"""),
            (EventType.Operators, null, """{"present":2}"""),
            (EventType.Rules, null, """{"state":"ok","count":12,"sha256":"x"}"""),
            (EventType.EffectDone, Some.Id(1), """{"handler":"h","outcome":"allowed"}"""),
            (EventType.EffectFailed, Some.Id(1), """{"handler":"h","outcome":"denied","failure":{"why":"exit","message":"exit code 1","stderr":"no"}}"""),
            (EventType.Shield, null, """{"handler":"h","kind":"shield_down","container":"c1","reason":"r"}"""),
            (EventType.Handler, null, """{"name":"h","state":"broken"}"""),
            (EventType.Asked, Some.Id(2), Failed),
            (EventType.Lost, null, "{}"),
            ("from_the_future", null, "{}"),
            (EventType.Decided, Some.Id(2), "{}"),
        ]);
        Assert.Equal(
            [
                $"asked {Some.Id(1)} until {Some.Time(60_000)} via ask uid 1000 pid 4711: shell.exec web1 host=web1 n=\"3\" -- rm -r \"\" title: clean up reason: it is full project: /home/me/app",
                "snapshot_end 1 operators",
                $"asked_again {Some.Id(1)} ×14, 2 waiting",
                $"decided {Some.Id(1)} denied by operator: no",
                $"grant_made {Some.Id(9)} allow for 10m via ask until {Some.Time(600_000)}",
                $"grant_ended {Some.Id(9)} expired",
                "lockdown LOCKDOWN: incident",
                "lockdown lifted",
                "operators 2 present",
                "rules ok, 12 in force",
                $"effect_done {Some.Id(1)} allowed, carried out by h",
                $"effect_failed {Some.Id(1)} denied, but h failed: exit code 1: no",
                "shield h: shield_down c1: r",
                "handler h broken",
                $"asked {Some.Id(2)} until {Some.Time(60_000)} via ask uid 1000 pid 4711 FAILED at T: deploy.production web1 container: c1",
                "lost",
                "from_the_future",
                $"decided {Some.Id(2)} is of a shape not known here: are both of one version?",
            ],
            run.Out.TrimEnd('\n').Split('\n').Select(static line => line[(Some.Time(0).Length + 1)..]));
    }

    [Fact]
    public void TheDaemonsEndIs127()
    {
        var run = Follow([], []);
        Assert.Equal(127, run.ExitCode);
        Assert.Equal("clearance: The daemon closed the connection. See what it logs; watch again once it is back.\n", run.Error);
    }

    [Fact]
    public void JsonIsTheEventItself()
    {
        var run = Follow(["--json"], [(EventType.Operators, null, """{"present":2,"more":"é\u202e"}""")]);
        var lines = run.Out.TrimEnd('\n').Split('\n').Select(static line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(["asked", "snapshot_end", "operators"], lines.Select(static line => line.GetProperty("type").GetString()));
        Assert.Equal(Some.Ask().Digest, lines[0].GetProperty("data").GetProperty("digest").GetString());
        Assert.Equal("é\u202e", lines[2].GetProperty("data").GetProperty("more").GetString());
        Assert.DoesNotContain('\u202e', run.Out);
        Assert.Equal(["data", "epoch", "seq", "time", "type"], lines[2].EnumerateObject().Select(static member => member.Name).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NoAnswerIsNoOperator(bool isSilent)
    {
        using var desk = Closing([]);
        _ = InProcess.Against(desk.Daemon, isSilent ? ["watch", "--no-answer"] : ["watch"]);
        Assert.Equal(!isSilent, Assert.Single(desk.Calls(MethodNames.Subscribe)).GetProperty("answers").GetBoolean());
    }

    [Fact]
    public void ARefusalIs127()
    {
        using var daemon = new FakeDaemon(static exchange => exchange.Error(-32008, "unavailable", "the rules are bad"));
        InProcess.Against(daemon, "watch").AssertFailed(127, "unavailable", "the rules are bad");
    }

    [Fact]
    public void NobodyThereIs127()
    {
        using var directory = new TempDirectory();
        new InProcess { Variables = { ["CLEARANCE_OPERATOR_SOCKET"] = directory.Combine("none") } }.Run("watch").AssertFailed(127, "none", "systemctl --user start");
    }

    private static FakeDesk Closing((string Type, string? Id, string Data)[] events)
    {
        FakeDesk? desk = null;
        desk = new FakeDesk(Ask)
        {
            OnSubscribe = exchange =>
            {
                desk!.Snapshot(exchange);
                foreach (var (type, id, data) in events)
                {
                    desk.Push(exchange, type, id, data);
                }

                exchange.HangUp();
            },
        };
        return desk;
    }

    private static Outcome Follow(string[] flags, (string Type, string? Id, string Data)[] events)
    {
        using var desk = Closing(events);
        return InProcess.Against(desk.Daemon, ["watch", .. flags]);
    }
}
