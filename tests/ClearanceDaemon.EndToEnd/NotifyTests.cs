using ClearanceDaemon.EndToEnd.Native;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>What the daemon tells a service manager, read from a notify socket of our own.</summary>
public sealed class NotifyTests : IDisposable
{
    private readonly TestHome _home;
    private readonly NotifySocket _notify;

    public NotifyTests()
    {
        Repository.RequireNative();
        _home = new TestHome();
        _home.WriteRules();
        _notify = new NotifySocket(_home);
    }

    public void Dispose()
    {
        _notify.Dispose();
        _home.Dispose();
    }

    [Fact]
    public void B44_a_daemon_under_a_wrapper_shell_still_notifies()
    {
        // The shell stays as the parent: it has something to do afterwards.
        using var daemon = _home.StartThroughShell("\"$@\"; exit $?");
        _notify.ReceiveUntil("READY=1");
    }

    [Fact]
    public void B43_a_reload_says_so_with_its_time_and_then_is_ready_again()
    {
        using var daemon = _home.Start();
        _notify.ReceiveUntil("READY=1");
        daemon.Signal(LibC.SIGHUP);
        var reloading = _notify.ReceiveUntil("RELOADING=1");
        Assert.Contains(reloading, line => line.StartsWith("MONOTONIC_USEC=", StringComparison.Ordinal) && ulong.Parse(line["MONOTONIC_USEC=".Length..]) > 0);
        _notify.ReceiveUntil("READY=1");
    }

    [Fact]
    public void Stopping_is_announced()
    {
        using var daemon = _home.Start();
        _notify.ReceiveUntil("READY=1");
        daemon.Signal(LibC.SIGTERM);
        _notify.ReceiveUntil("STOPPING=1");
        Assert.Equal(0, daemon.WaitForExit());
    }

    [Fact]
    public void The_watchdog_is_fed_again_and_again()
    {
        _home.Environment["WATCHDOG_USEC"] = "500000";
        using var daemon = _home.Start();
        _notify.ReceiveUntil("READY=1");
        for (var sign = 0; sign < 3; sign++)
        {
            _notify.ReceiveUntil("WATCHDOG=1");
        }
    }
}
