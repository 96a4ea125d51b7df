using Microsoft.Win32.SafeHandles;

namespace UnixPeers;

/// <summary>The process at the other end of a socket, held by a descriptor that never comes to mean another process (SO_PEERPIDFD, Linux
/// 6.5), or one that such a process led to. Owns that descriptor: dispose it. All members may be used from any thread, also while
/// another disposes.</summary>
/// <remarks>The descriptor holds the process, not the program: it stays the same process when it execs. On macOS there are none.</remarks>
public sealed partial class PeerProcess : IDisposable
{
    private static readonly Lazy<bool> LazySupported = new(static () => OperatingSystem.IsLinux() && ProbeLinux());

    private readonly SafeFileHandle _pidfd;
    private FirstSight? _firstSight;
    private ProcessIdentity? _identity;

    private PeerProcess(SafeFileHandle pidfd, int pid, uint uid)
    {
        _pidfd = pidfd;
        Pid = pid;
        Uid = uid;
    }

    /// <summary>Whether the kernel can pin peers at all (SO_PEERPIDFD, Linux 6.5). Where it can, a peer without a process is one that is
    /// gone.</summary>
    public static bool IsSupported => LazySupported.Value;

    /// <summary>The pid of the process, in our pid namespace. Names this process for as long as <see cref="IsAlive"/>.</summary>
    public int Pid { get; }

    /// <summary>The effective uid the process had when it connected, or when it was pinned by another way.</summary>
    public uint Uid { get; }

    /// <summary>The descriptor, for a reactor: poll(2) says readable (POLLIN) once the process has exited (pidfd_open(2), Linux 5.3),
    /// newer kernels also POLLHUP once it is reaped. Stays ours: it ends with <see cref="Dispose"/>, so hold on to it (SafeHandle.DangerousAddRef) while it is polled.</summary>
    public SafeFileHandle Handle => _pidfd;

    /// <summary>The number that this process alone has until the next boot (pidfs, Linux 6.9): with <see cref="Pid"/> it finds the process
    /// again by <see cref="Reopen"/>. Does not block.</summary>
    /// <value>null on older kernels, and after <see cref="Dispose"/>.</value>
    public ulong? Inode => PidfdInode(_pidfd);

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

    /// <summary>Pins a process that was noted down earlier, such as before a restart of this program. May block.</summary>
    /// <param name="pid">Its <see cref="Pid"/>.</param>
    /// <param name="inode">Its <see cref="Inode"/>, from the same boot: after another boot the numbers begin anew, so keep the boot id
    /// beside them and compare it first.</param>
    /// <returns>The process, which the caller disposes; null unless it is alive and the very same one (pidfd_open(2) and pidfs, Linux
    /// 6.9).</returns>
    public static PeerProcess? Reopen(int pid, ulong inode)
    {
        PeerProcess? process = OperatingSystem.IsLinux() ? Open(pid) : null;
        if (process is null || process.Inode == inode)
        {
            return process;
        }

        process.Dispose();
        return null;
    }

    /// <summary>Pins the parent. Who inherited the process (a subreaper, init) when its own parent exited is its parent as well. May
    /// block.</summary>
    /// <returns>The parent, which the caller disposes; null when it is outside our pid namespace, when either process exited meanwhile, and
    /// before Linux 5.3.</returns>
    /// <remarks>The parent's pid comes from /proc, is opened by pidfd_open(2), and counts only if this process, which is held, is
    /// still alive and still names it while it is held too.</remarks>
    public PeerProcess? PinParent() => PinRelative(static stat => stat.ParentPid, null);

    /// <summary>Pins the leader of the session, as <see cref="PinParent"/> does the parent. May block.</summary>
    /// <returns>The leader, perhaps this process once more, which the caller disposes; null when it has exited, is outside our pid
    /// namespace, or before Linux 5.3.</returns>
    public PeerProcess? PinSessionLeader() => PinRelative(static stat => stat.SessionId, null);

    /// <summary>Whether the process is a child of the other, a child's child, and so on for at most 256 steps. May block.</summary>
    /// <param name="ancestor">A process that is held; stays the caller's.</param>
    /// <returns>false also when both are the same, or the ancestor has exited; null when it cannot be read, or one exited
    /// meanwhile.</returns>
    /// <remarks>A limit: the kernel forgets a parent that exits. What was started by a process that has exited since (a double fork) no
    /// longer shows where it comes from; a session of its own (setsid(2)) alone does not hide it.</remarks>
    public bool? IsDescendantOf(PeerProcess ancestor)
    {
        ArgumentNullException.ThrowIfNull(ancestor);
        if (!ancestor.IsAlive)
        {
            return IsAlive ? false : null;
        }

        bool? met = ProcessAncestry.Meets(Pid, ancestor.Pid);
        return IsAlive && (met is not true || ancestor.IsAlive) ? met : null;
    }

    /// <summary>The user, pid and mount namespace it is in (namespaces(7), Linux 3.8). May block.</summary>
    /// <returns>null when it has exited, or hides them: another user's process, or one that is not dumpable.</returns>
    public ProcessNamespaces? Namespaces()
    {
        ProcessNamespaces? seen = IsAlive ? ProcessNamespaces.Of(Pid) : null;
        return IsAlive ? seen : null;
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

    // A program that was hidden at first and shows itself later is a difference too, and so is one that hides later (as the exec of a
    // set-uid program does): nothing says it was the same one.
    private ObservedProcess CompareWithFirst(ObservedProcess seen)
    {
        FirstSight now = new(seen.Executable);
        FirstSight first = Interlocked.CompareExchange(ref _firstSight, now, null) ?? now;
        return first.Executable != seen.Executable ? seen with { State = ObservedState.Changed } : seen;
    }

    private sealed record FirstSight(FileIdentity? Executable);
}
