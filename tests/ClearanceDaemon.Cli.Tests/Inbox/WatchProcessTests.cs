using ClearanceDaemon.Cli.Inbox;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary><c>clearance watch</c> as a person has it: the real program on a real (pseudo) terminal, against a scripted daemon.</summary>
public sealed class WatchProcessTests
{
    private const int SIGTERM = 15;
    private const int SIGTSTP = 20;
    private const int SIGCONT = 18;

    [Fact]
    public void ShowsAnAskAndAllowsIt()
    {
        using var desk = new FakeDesk(Live());
        using var run = new PtyRun(desk.Daemon, []);
        run.See("clearance: 1 waiting, 1 operator", "deploy.production web1", "VERIFIED", "uid 1000, pid 4711, via ask", "OBSERVED", "not proof");
        PressUntil(run, "a", () => desk.Calls(MethodNames.Decide).Length > 0);
        run.See("clearance: 0 waiting", "nothing waits", "allowed: deploy.production web1");
        run.Press("q");
        Assert.Equal(0, run.End());
        var verdict = Assert.Single(desk.Calls(MethodNames.Decide));
        Assert.Equal(Live().Digest, verdict.GetProperty("digest").GetString());
    }

    private static PendingItem Live(int number = 1) => Some.Ask(number) with
    {
        Asked = Timestamp.Format(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()),
        Deadline = Timestamp.Format(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 3_600_000),
    };

    /// <summary>A key that is guarded at first: pressed again, with a pause longer than the guard, until it counts.</summary>
    private static void PressUntil(PtyRun run, string key, Func<bool> holds)
    {
        var next = 0L;
        run.Until(
            () =>
            {
                if (Environment.TickCount64 >= next)
                {
                    run.Press(key);
                    next = Environment.TickCount64 + InboxLimits.KeyGuard + 200;
                }

                return holds();
            },
            $"{key} had no effect");
    }
}
