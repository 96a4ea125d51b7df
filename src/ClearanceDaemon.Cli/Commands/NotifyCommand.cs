using System.CommandLine;
using System.Runtime.InteropServices;
using ClearanceDaemon.Cli.Connecting;
using ClearanceDaemon.Cli.Notifications;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance notify</c>: shows every ask on the desktop, with two buttons, until it is told to stop.</summary>
internal static class NotifyCommand
{
    private static readonly PosixSignal[] Ends = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    public static Command Create(CommandContext context)
    {
        var verb = new Verb("notify", "Show asks as desktop notifications, to allow once or deny.", """
            clearance notify
            systemctl --user enable --now clearance-notify.service

            Needs notify-send of libnotify 0.8. Runs until it is interrupted. What a notification cannot show
            whole can only be denied there; clearance watch shows it.
            """);
        verb.SetAction(parsed => Run(context, context.Flags(parsed)));
        return verb;
    }

    private static int Run(CommandContext context, AddressFlags flags)
    {
        var surroundings = context.Surroundings;
        var address = DaemonAddress.Resolve(SocketRole.Operator, flags, surroundings);
        _ = DaemonAddress.ServerUid(surroundings);
        var notifier = new Notifier(NotifySend.Find(surroundings), new DaemonFeed(address, surroundings), Decide, context.Terminal, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var signals = Array.ConvertAll(Ends, signal => PosixSignalRegistration.Create(signal, Stop));
        try
        {
            notifier.RunAsync(stop.Token).GetAwaiter().GetResult();
            return ExitCodes.Ok;
        }
        finally
        {
            Array.ForEach(signals, static signal => signal.Dispose());
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        void Decide(DecideParams verdict)
        {
            using var client = DaemonLink.Open(SocketRole.Operator, flags, surroundings, TimeSpan.Zero);
            client.Decide(verdict);
        }
    }
}
