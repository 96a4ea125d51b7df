using Microsoft.Win32.SafeHandles;

namespace UnixPeers;

/// <summary>The process at the other end of a socket, held by a descriptor that never comes to mean another process (SO_PEERPIDFD, Linux
/// 6.5). Owns that descriptor: dispose it. All members may be used from any thread, also while another disposes.</summary>
/// <remarks>The descriptor holds the process, not the program: it stays the same process when it execs.</remarks>
public sealed partial class PeerProcess : IDisposable
{
    private readonly SafeFileHandle _pidfd;
    private FirstSight? _firstSight;
    private ProcessIdentity? _identity;

    private PeerProcess(SafeFileHandle pidfd, int pid, uint uid)
    {
        _pidfd = pidfd;
        Pid = pid;
        Uid = uid;
    }

    /// <summary>The pid of the connector, in our pid namespace. Names this process for as long as <see cref="IsAlive"/>.</summary>
    public int Pid { get; }

    /// <summary>The uid the process had when it connected.</summary>
    public uint Uid { get; }

    /// <summary>Whether the process runs: false once it has exited, reaped or not, and after <see cref="Dispose"/>. Does not
    /// block.</summary>
    public bool IsAlive => PollAlive(_pidfd);

    /// <summary>What tells this process from every other of this boot. Does not block from Linux 6.9 on; before, the first read looks
    /// into /proc.</summary>
    public ProcessIdentity Identity => _identity ?? Interlocked.CompareExchange(ref _identity, ReadIdentity(), null) ?? _identity;

    /// <summary>Pins the peer of a socket: one getsockopt(2) and one poll(2), nothing that blocks.</summary>
    /// <param name="descriptor">A connected Unix-domain socket; stays the caller's.</param>
    /// <param name="credentials">What <see cref="PeerCredentials.Read(int)"/> said of the same socket.</param>
    /// <returns>The process, or which of the reasons there is none.</returns>
    public static PeerPin Pin(int descriptor, PeerCredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        return Pin(descriptor, credentials, SocketOption.FromKernel);
    }

    /// <summary>Looks at the process through /proc: program, unit, ancestry. Observed, not proof. May block: never on a thread that
    /// serves others.</summary>
    /// <returns>Facts that were read while the process lived; <see cref="ObservedState.Changed"/> when the program is not the one first
    /// seen.</returns>
    public ObservedProcess Observe() => Observe(null);

    /// <summary>Lets go of the process.</summary>
    public void Dispose() => _pidfd.Dispose();

    internal static PeerPin Pin(int descriptor, PeerCredentials credentials, SocketOptionReader reader)
    {
        return OperatingSystem.IsLinux() && credentials.Pid is { } pid
            ? PinLinux(descriptor, pid, credentials.Uid, reader)
            : new PeerPin.Unsupported();
    }

    /// <param name="afterReads">Runs between the reads and the check that makes them worth something; for tests of just that.</param>
    internal ObservedProcess Observe(Action? afterReads)
    {
        if (!IsAlive)
        {
            return ObservedProcess.Gone;
        }

        ObservedProcess seen = ProcFacts.Read(Pid);
        afterReads?.Invoke();
        return IsAlive ? CompareWithFirst(seen) : ObservedProcess.Gone;
    }

    // A program that was hidden at first and shows itself later is a difference too: nothing says it was the same one.
    private ObservedProcess CompareWithFirst(ObservedProcess seen)
    {
        FirstSight now = new(seen.Executable);
        FirstSight first = Interlocked.CompareExchange(ref _firstSight, now, null) ?? now;
        return seen.State == ObservedState.Known && first.Executable != seen.Executable
            ? seen with { State = ObservedState.Changed }
            : seen;
    }

    private sealed record FirstSight(FileIdentity? Executable);
}
