using System.Net.Sockets;
using System.Text;
using ClearanceDaemon.EndToEnd.Native;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>What the daemon tells a service manager, read from a notify socket of our own.</summary>
public sealed class NotifyTests : IDisposable
{
    private readonly TestHome _home;
    private readonly Socket _notify = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public NotifyTests()
    {
        Repository.RequireNative();
        _home = new TestHome();
        _home.WriteRules();
        var path = Path.Combine(_home.Root, "notify");
        _notify.Bind(new UnixDomainSocketEndPoint(path));
        _notify.ReceiveTimeout = (int)Until.Deadline.TotalMilliseconds;
        _home.Environment["NOTIFY_SOCKET"] = path;
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
        ReceiveUntil("READY=1");
    }

    [Fact]
    public void B43_a_reload_says_so_with_its_time_and_then_is_ready_again()
    {
        using var daemon = _home.Start();
        ReceiveUntil("READY=1");
        daemon.Signal(LibC.SIGHUP);
        var reloading = ReceiveUntil("RELOADING=1");
        Assert.Contains(reloading, line => line.StartsWith("MONOTONIC_USEC=", StringComparison.Ordinal) && ulong.Parse(line["MONOTONIC_USEC=".Length..]) > 0);
        ReceiveUntil("READY=1");
    }

    [Fact]
    public void Stopping_is_announced()
    {
        using var daemon = _home.Start();
        ReceiveUntil("READY=1");
        daemon.Signal(LibC.SIGTERM);
        ReceiveUntil("STOPPING=1");
        Assert.Equal(0, daemon.WaitForExit());
    }

    [Fact]
    public void The_watchdog_is_fed_again_and_again()
    {
        _home.Environment["WATCHDOG_USEC"] = "500000";
        using var daemon = _home.Start();
        ReceiveUntil("READY=1");
        for (var sign = 0; sign < 3; sign++)
        {
            ReceiveUntil("WATCHDOG=1");
        }
    }

    /// <summary>The lines of the first datagram that holds this one.</summary>
    private string[] ReceiveUntil(string wanted)
    {
        var buffer = new byte[4096];
        while (true)
        {
            var lines = Encoding.UTF8.GetString(buffer, 0, _notify.Receive(buffer)).Split('\n');
            if (lines.Contains(wanted))
            {
                return lines;
            }
        }
    }
}
