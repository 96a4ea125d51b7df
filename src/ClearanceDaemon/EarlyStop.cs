using System.Runtime.InteropServices;

namespace ClearanceDaemon;

/// <summary>
/// Keeps a request to stop that comes while the daemon already answers and its host does not yet listen to signals:
/// the default would end the process with its sockets and its ephemeral directory left behind.
/// </summary>
internal sealed class EarlyStop : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PosixSignalRegistration[] _signals;
    private bool _requested;
    private Action? _stop;

    public EarlyStop() => _signals = [Register(PosixSignal.SIGTERM), Register(PosixSignal.SIGINT)];

    /// <summary>From here on a request calls <paramref name="stop"/>, also one that came before.</summary>
    public void PassTo(Action stop)
    {
        lock (_gate)
        {
            _stop = stop;
            if (_requested)
            {
                stop();
            }
        }
    }

    public void Dispose() => Array.ForEach(_signals, static signal => signal.Dispose());

    private PosixSignalRegistration Register(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        lock (_gate)
        {
            _requested = true;
            _stop?.Invoke();
        }
    });
}
