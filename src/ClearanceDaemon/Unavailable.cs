using System.Runtime.InteropServices;
using ClearanceDaemon.Core;
using ClearanceDaemon.Core.ServiceManager;

namespace ClearanceDaemon;

/// <summary>Keeps the sockets of a daemon that could not start, and tells the service manager and every caller why.</summary>
internal static class Unavailable
{
    public static void Serve(Startup startup, string reason)
    {
        using var server = new UnavailableServer(startup.Inherited.Select(static socket => socket.Handle), "the daemon could not start: " + reason);
        using var notifier = new SystemdNotifier(startup.Environment.NotifySocket);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(server, context));
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(server, context));

        // A reload means that something was mended: what the next caller starts reads it.
        using var reloaded = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Stop(server, context));
        notifier.Notify(ServiceState.Ready);
        notifier.Notify(ServiceState.Status("serving nothing but 'unavailable': " + reason));
        if (startup.Environment.WatchdogTimeout is { } timeout)
        {
            server.EveryWhileAlive(timeout / 3, () => notifier.Notify(ServiceState.Watchdog));
        }

        server.Run();
        notifier.Notify(ServiceState.Stopping);
    }

    private static void Stop(UnavailableServer server, PosixSignalContext context)
    {
        context.Cancel = true;
        server.Stop();
    }
}
