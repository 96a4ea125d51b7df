using System.Runtime.InteropServices;
using ClearanceDaemon.Configuration;
using ClearanceDaemon.Native;
using UnixPeers;
using CoreLibC = ClearanceDaemon.Core.Native.LibC;

namespace ClearanceDaemon.HandlersMode;

/// <summary>
/// The handlers process of a daemon that no service manager started: it gets its socket from the daemon, waits on it at
/// next to no cost, and ends with the daemon, however that ends. Owned by the program.
/// </summary>
internal sealed class BesideProcess : IDisposable
{
    private const string Label = "handlers socket";
    private const int StandardError = 2;
    private const int ListenerNumber = 3;

    /// <summary>How long its end may take: what it kills has to be gone first.</summary>
    private static readonly TimeSpan EndTime = HandlersLimits.Stop + TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);
    private readonly UnixListener _listener;
    private readonly int _pid;
    private readonly int _lifeLine;

    private BesideProcess(UnixListener listener, int pid, int lifeLine) => (_listener, _pid, _lifeLine) = (listener, pid, lifeLine);

    /// <summary>
    /// Binds the socket and starts the process, while this one may still start any. Null when there is nothing to start:
    /// someone listens there already, such as the service manager.
    /// </summary>
    /// <param name="places">The daemon's.</param>
    /// <param name="ephemeral">The daemon is: only its own directory holds manifests.</param>
    /// <param name="arguments">The daemon's.</param>
    /// <exception cref="StartException">It cannot be started.</exception>
    public static BesideProcess? Start(Places places, bool ephemeral, DaemonArguments arguments)
    {
        var address = UnixAddress.FromPath(places.HandlersSocket);
        if (UnixListeners.HasLiveListener(address))
        {
            return null;
        }

        var listener = UnixListener.Bind(address, new() { Label = Label, OwnsDirectory = true });
        try
        {
            var started = Start(listener, Flags(places, ephemeral, arguments));

            // Its copy is the only one from here on: when it is gone, whoever connects is told at once.
            listener.Handle.Dispose();
            return started;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Ends it and waits until it is gone, for a bounded time; then removes the socket.</summary>
    public void Dispose()
    {
        _ = CoreLibC.close(_lifeLine);
        if (!WaitForEnd())
        {
            _ = LibC.kill(_pid, LibC.SIGKILL);
            WaitForEnd();
        }

        _listener.Dispose();
    }

    private static BesideProcess Start(UnixListener listener, IReadOnlyList<string> flags)
    {
        var program = Environment.ProcessPath ?? throw new StartException(ExitCodes.Software, "the path of this program is not known; start it by its path");
        var lifeLine = Pipe.Create();
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        var launch = new Launch
        {
            Command = [program, .. flags],
            Environment = HandlerEnvironment.Own(),
            Input = lifeLine.ReadEnd,
            Output = (int)nothing.DangerousGetHandle(),
            Errors = StandardError,
            Third = (int)listener.Handle.DangerousGetHandle(),
        };
        using var limit = DescriptorLimit.BackToOriginal();
        var errno = Spawner.Start(launch, out var pid);
        _ = CoreLibC.close(lifeLine.ReadEnd);
        if (errno == 0)
        {
            return new(listener, pid, lifeLine.WriteEnd);
        }

        _ = CoreLibC.close(lifeLine.WriteEnd);
        throw new StartException(ExitCodes.CannotCreate, $"the process that runs handlers cannot be started: {program}: {Marshal.GetPInvokeErrorMessage(errno)}");
    }

    private static IReadOnlyList<string> Flags(Places places, bool ephemeral, DaemonArguments arguments)
    {
        string[] where = ephemeral ? ["--handlers-config", places.Handlers[0]] : arguments.Instance.Length > 0 ? ["--instance", arguments.Instance] : [];
        string[] level = arguments.LogLevel is { } given ? ["--log-level", given] : [];
        return ["--handlers", "--until-eof", "--listener-fd", $"{ListenerNumber}", .. where, .. level];
    }

    private bool WaitForEnd()
    {
        var isGone = IsGone();
        for (var waited = TimeSpan.Zero; !isGone && waited < EndTime; waited += Look)
        {
            Thread.Sleep(Look);
            isGone = IsGone();
        }

        return isGone;
    }

    private unsafe bool IsGone() => LibC.waitpid(_pid, null, LibC.WNOHANG) != 0;
}
