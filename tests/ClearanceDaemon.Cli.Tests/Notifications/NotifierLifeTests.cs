using System.Text.Json;
using ClearanceDaemon.Cli.Tests.Processes;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Notifications;

/// <summary>Asks, daemons and notification servers come and go.</summary>
public sealed class NotifierLifeTests : IDisposable
{
    private const string Deny = "clearance-deny";
    private readonly SessionBus _bus = new();
    private readonly OperatorDaemon _daemon = new();

    public void Dispose()
    {
        _daemon.Dispose();
        _bus.Dispose();
    }

    [Fact]
    public void AnAskThatEndedElsewhereIsTakenOffTheScreen()
    {
        var server = new ScriptedServer(_bus, ScriptedServer.Usual);
        using var run = Start();
        _daemon.Ask(OperatorDaemon.Item(1));
        _daemon.Ask(OperatorDaemon.Item(2));
        server.WaitForShown(2);
        var (first, second) = (server.IdOf("May I? demo.n1"), server.IdOf("May I? demo.n2"));
        _daemon.End(OperatorDaemon.Item(1).Id);
        server.WaitForClosed(first);
        Assert.Equal([first], server.Closed);
        Assert.Equal((0, ""), run.Stop());
        Assert.Equal([first, second], server.Closed);
        Assert.Empty(_daemon.Decisions);
    }

    [Fact]
    public void OneThatEndsAtOnceLeavesNothingBehind()
    {
        var server = new ScriptedServer(_bus, ScriptedServer.Usual);
        using var run = Start();
        for (var number = 1; number <= 5; number++)
        {
            _daemon.Ask(OperatorDaemon.Item(number));
            _daemon.End(OperatorDaemon.Item(number).Id);
        }

        _daemon.Ask(OperatorDaemon.Item(6));
        SessionBus.Until(() => server.Shown.Any(static shown => Summary(shown) == "May I? demo.n6"), () => "the last ask was not shown");
        SessionBus.Until(() => server.Open == 1, () => $"{server.Open} notifications are open");
        run.Stop("INT");
        Assert.Equal(0, server.Open);
    }

    [Fact]
    public void AFloodIsFiveNoticesAndACount()
    {
        var server = new ScriptedServer(_bus, ScriptedServer.Usual);
        for (var number = 1; number <= 500; number++)
        {
            _daemon.Ask(OperatorDaemon.Item(number));
        }

        using var run = Start();
        server.IdOf("495 more asks wait");
        var count = server.Shown.Single(static one => Summary(one) == "495 more asks wait");
        Assert.All((string[])["n1", "n2", "n3", "n4", "n5"], name => server.IdOf("May I? demo." + name));
        SessionBus.Until(() => server.Open == 6, () => $"{server.Open} notifications are open");
        Assert.Empty(count.GetProperty("actions").EnumerateArray());
        Assert.Contains("clearance watch", count.GetProperty("body").GetString());

        server.Press(server.IdOf("May I? demo.n3"), Deny);
        server.IdOf("494 more asks wait");
        server.IdOf("May I? demo.n6");
        SessionBus.Until(() => server.Open == 6, () => $"{server.Open} notifications are open");

        for (var number = 1; number <= 500; number++)
        {
            _daemon.End(OperatorDaemon.Item(number).Id);
        }

        SessionBus.Until(() => server.Open == 0, () => $"{server.Open} notifications are still open");

        // How many depends on how the ends arrive; one for each ask it never is.
        Assert.InRange(server.Shown.Count, 8, 250);
        run.Stop();
    }

    [Fact]
    public void OneWhoseEffectFailedIsShownAgainAndHandlersEventsAreNot()
    {
        var server = new ScriptedServer(_bus, ScriptedServer.Usual);
        using var run = Start();
        _daemon.Ask(OperatorDaemon.Item(1));
        server.Press(server.IdOf("May I? demo.n1"), Deny);
        _daemon.WaitForDecisions(1);
        _daemon.Event(EventType.EffectFailed, """{"handler":"h","outcome":"denied","failure":{"why":"exit","message":"exit code 1"}}""");
        _daemon.Event(EventType.Shield, """{"handler":"h","kind":"shield_down","container":"c1"}""");
        _daemon.Event(EventType.Handler, """{"name":"h","state":"broken"}""");
        _daemon.Ask(OperatorDaemon.Item(1) with
        {
            Failed = new FailedEffect { Handler = "h", Outcome = "denied", By = "operator", Time = "T", Attempts = 1, Failure = new HandlerFailure { Why = HandlerFault.Exit, Message = "exit code 1" } },
        });
        var again = server.WaitForShown(2);
        Assert.Equal("May I? demo.n1", Summary(again));
        Assert.StartsWith("FAILED: denied by operator, but h failed: exit code 1", again.GetProperty("body").GetString());
        Assert.Equal((0, ""), run.Stop());
        Assert.Equal(2, server.Shown.Count);
    }

    [Fact]
    public void ACountThatWasSentAwayStaysAway()
    {
        var server = new ScriptedServer(_bus, ScriptedServer.Usual);
        for (var number = 1; number <= 6; number++)
        {
            _daemon.Ask(OperatorDaemon.Item(number));
        }

        using var run = Start();
        server.WaitForShown(6);
        server.Dismiss(server.IdOf("1 more ask waits"));
        SessionBus.Until(() => run.Children == 5, () => $"{run.Children} notices are open");
        _daemon.Ask(OperatorDaemon.Item(7));
        _daemon.End(OperatorDaemon.Item(1).Id);
        Assert.Equal("May I? demo.n6", Summary(server.WaitForShown(7)));
        run.Stop();
        Assert.Equal(7, server.Shown.Count);
    }

    [Fact]
    public void B49_AServerWithoutButtonsIsToldOfAndNobodyIsPresent()
    {
        var server = new ScriptedServer(_bus, "body");
        using var run = new NotifyRun(_bus, _daemon);
        SessionBus.Until(() => run.Error.Contains("draws no buttons", StringComparison.Ordinal), () => run.Error);
        Assert.Contains("clearance watch", run.Error);
        server.Stop();
        var better = new ScriptedServer(_bus, ScriptedServer.Usual);
        _daemon.Ask(OperatorDaemon.Item(1));
        better.WaitForShown(1);
        Assert.Single(_daemon.Subscriptions);
        Assert.Empty(server.Shown);
        run.Stop();
    }

    [Fact]
    public void B49_WithoutAServerItWaitsForOne()
    {
        _daemon.Ask(OperatorDaemon.Item(1));
        using var run = new NotifyRun(_bus, _daemon);
        SessionBus.Until(() => run.Error.Contains("no notification server answers", StringComparison.Ordinal), () => run.Error);
        Assert.Empty(_daemon.Subscriptions);
        var server = new ScriptedServer(_bus, ScriptedServer.Usual);
        server.WaitForShown(1);
        Assert.False(run.HasExited);
        run.Stop();
    }

    [Fact]
    public void B49_AServerThatGoesAwayTakesThePresenceAlongAndItsAsksAreShownByTheNext()
    {
        var server = new ScriptedServer(_bus, ScriptedServer.Usual);
        using var run = Start();
        _daemon.Ask(OperatorDaemon.Item(1));
        server.WaitForShown(1);
        server.Stop();
        _daemon.Ask(OperatorDaemon.Item(2));
        SessionBus.Until(() => run.Error.Contains("notify-send exited with 1", StringComparison.Ordinal), () => run.Error);
        var next = new ScriptedServer(_bus, ScriptedServer.Usual);
        next.WaitForShown(2);
        Assert.Equal(["May I? demo.n1", "May I? demo.n2"], next.Shown.Select(Summary).Order());
        Assert.Equal(2, _daemon.Subscriptions.Count);
        next.Press(1, Deny);
        next.Press(2, Deny);
        _daemon.WaitForDecisions(2);
        run.Stop();
    }

    [Fact]
    public void ItResumesWhereTheDaemonHungUp()
    {
        _daemon.Resumes = true;
        var server = new ScriptedServer(_bus, ScriptedServer.Usual);
        using var run = Start();
        _daemon.Ask(OperatorDaemon.Item(1));
        server.WaitForShown(1);
        _daemon.HangUp();
        _daemon.WaitForSubscriptions(2);
        var after = _daemon.Subscriptions.Last().GetProperty("after");
        Assert.Equal(("e", 1), (after.GetProperty("epoch").GetString(), after.GetProperty("seq").GetInt64()));
        _daemon.Ask(OperatorDaemon.Item(2));
        server.WaitForShown(2);
        Assert.Empty(server.Closed);
        Assert.Contains("closed the connection", run.Stop().Error);
    }

    [Fact]
    public void AfterASnapshotWhatIsNotInItIsGone()
    {
        var server = new ScriptedServer(_bus, ScriptedServer.Usual);
        using var run = Start();
        _daemon.Ask(OperatorDaemon.Item(1));
        _daemon.Ask(OperatorDaemon.Item(2));
        server.WaitForShown(2);
        var first = server.IdOf("May I? demo.n1");
        _daemon.Forget(OperatorDaemon.Item(1).Id);
        _daemon.HangUp();
        server.WaitForClosed(first);
        _daemon.Ask(OperatorDaemon.Item(3));
        server.WaitForShown(3);
        Assert.Equal([first], server.Closed);
        run.Stop();
    }

    [Fact]
    public void LockdownIsShownWhileItLasts()
    {
        _daemon.Lockdown = new LockdownState { On = true, Reason = "lost <laptop>" };
        var server = new ScriptedServer(_bus, ScriptedServer.Usual);
        using var run = Start();
        var shown = server.WaitForShown(1);
        Assert.Equal("Lockdown: everything is denied", Summary(shown));
        Assert.Contains("“lost &lt;laptop&gt;”", shown.GetProperty("body").GetString());
        _daemon.Event(EventType.Lockdown, """{"on":false}""");
        server.WaitForClosed(1);
        run.Stop();
    }

    [Fact]
    public void WithoutNotifySendItSaysWhatToInstall()
    {
        using var empty = new TempDirectory();
        RealProcess.Run(["notify"], ("PATH", empty.Path), ("XDG_RUNTIME_DIR", empty.Path)).AssertFailed(127, "notify-send", "libnotify-bin");
    }

    [Fact]
    public void ABadInstanceIsBadUsage() => new InProcess().Run("notify", "--instance", "A B").AssertFailed(126, "--instance");

    private static string Summary(JsonElement shown) => shown.GetProperty("summary").GetString()!;

    private NotifyRun Start()
    {
        var run = new NotifyRun(_bus, _daemon);
        _daemon.WaitForSubscriptions(1);
        return run;
    }
}
