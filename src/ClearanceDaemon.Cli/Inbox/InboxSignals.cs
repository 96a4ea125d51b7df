using System.Runtime.InteropServices;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>Signals become inputs, so that the terminal is given back before the program ends or stops.</summary>
internal sealed class InboxSignals : IDisposable
{
    private static readonly PosixSignal[] Ends = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
    private readonly List<PosixSignalRegistration> _registrations = [];

    public InboxSignals(InboxQueue queue, InboxTerminal terminal)
    {
        foreach (var signal in Ends)
        {
            On(signal, () => queue.Post(new InboxInput.Ending(ExitCodes.Interrupted, null)));
        }

        On(PosixSignal.SIGWINCH, () => queue.Post(terminal.Size()));

        // Unhandled, the runtime would put the terminal's modes back to what they were at its start.
        On(PosixSignal.SIGCONT, () => queue.Post(new InboxInput.Continued()));
        On(PosixSignal.SIGTSTP, () => queue.Post(new InboxInput.Suspended()));
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void On(PosixSignal signal, Action then) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        then();
    }));
}
