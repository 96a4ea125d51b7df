using System.Net.Sockets;
using ClearanceDaemon.Configuration;
using ClearanceDaemon.Core.External.Manifests;
using ClearanceDaemon.Core.ServiceManager;
using ClearanceDaemon.Core.Transport;
using ClearanceDaemon.Logging;
using Microsoft.Extensions.Logging;
using Serilog.Extensions.Logging;
using UnixPeers;

namespace ClearanceDaemon.HandlersMode;

/// <summary>
/// <c>clearanced --handlers</c>: the process that starts programs, so that the daemon need not. It has no lock, no rules
/// and no audit, and decides nothing.
/// </summary>
internal static class HandlersMain
{
    private const string SocketName = "handlers";
    private const string Label = "handlers socket";

    /// <summary>Where the daemon beside us holds the other end of a pipe.</summary>
    private const int Stdin = 0;

    public static int Run(Startup startup, DaemonArguments arguments, string version)
    {
        if (startup.InheritedFault is not null)
        {
            throw startup.InheritedFault;
        }

        using var stop = new EarlyStop();
        using var stopped = new Wakeup();
        stop.PassTo(stopped.Signal);
        using var listener = Listen(startup, arguments);
        using var notifier = new SystemdNotifier(startup.Environment.NotifySocket);
        notifier.Notify(ServiceState.Ready);
        startup.IsOver = true;

        // Its socket is the service manager's, which starts another when it is needed.
        TimeSpan? idleExit = startup.Inherited.Count > 0 ? HandlersLimits.IdleExit : null;
        if (Dormancy.Wait((int)listener.Handle.DangerousGetHandle(), LifeLine(arguments), stopped, idleExit) == DormancyEnd.Connected)
        {
            Serve(arguments, version, listener, stop, idleExit);
        }

        notifier.Notify(ServiceState.Stopping);
        return ExitCodes.Ok;
    }

    private static int LifeLine(DaemonArguments arguments) => arguments.UntilEof ? Stdin : -1;

    // A method of its own, so that nothing of the log is loaded before.
    private static void Serve(DaemonArguments arguments, string version, UnixListener listener, EarlyStop stop, TimeSpan? idleExit)
    {
        using var serilog = LogSetup.Create(LogLevel(arguments), SystemdHelpers.IsJournal());
        using var logs = new SerilogLoggerFactory(serilog);
        HandlersLog.Serving(logs.CreateLogger<HandlersServer>(), version, listener.Address.ToString());
        using var server = new HandlersServer(new()
        {
            Listener = listener.Handle,
            LoadManifests = () => Load(arguments),
            Logs = logs,
            LifeLine = LifeLine(arguments),
            IdleExit = idleExit,
        });
        stop.PassTo(() => server.Stop("it was told to"));
        server.Run();
        stop.PassTo(static () => { });
    }

    private static UnixListener Listen(Startup startup, DaemonArguments arguments)
    {
        var options = new UnixListenerOptions { Label = Label, OwnsDirectory = true };
        if (arguments.ListenerDescriptor is { } descriptor)
        {
            return UnixListener.Adopt(new SafeSocketHandle(descriptor, ownsHandle: true), options);
        }

        if (startup.Inherited.Count == 0)
        {
            var places = Places.OfInstance(arguments.Instance);
            PrivateDirectory.Ensure(places.Runtime, "runtime directory", owned: true);
            return UnixListener.Bind(UnixAddress.FromPath(places.HandlersSocket), options);
        }

        // Not owned: a start that fails after this must still answer on the socket.
        return startup.Inherited is [{ Name: SocketName } only]
            ? UnixListener.Adopt(new SafeSocketHandle(only.Handle.DangerousGetHandle(), ownsHandle: false), options)
            : throw new StartException(
                ExitCodes.Refused,
                $"the service manager handed over {string.Join(", ", startup.Inherited.Select(static socket => $"'{socket.Name}'"))}; with --handlers it is one socket, FileDescriptorName=handlers");
    }

    private static IReadOnlyList<Manifest> Load(DaemonArguments arguments)
    {
        var directories = arguments.HandlersConfig.Count > 0 ? arguments.HandlersConfig : Places.OfInstance(arguments.Instance).Handlers;
        return ManifestLoader.Load(directories).Manifests;
    }

    // Settings are the daemon's: a mistake in them must not keep handlers from running. The level is all we would take.
    private static string LogLevel(DaemonArguments arguments) =>
        (arguments.LogLevel ?? Environment.GetEnvironmentVariable("CLEARANCE_LOG_LEVEL")) is { } level && Settings.LogLevels.Contains(level) ? level : "information";
}
