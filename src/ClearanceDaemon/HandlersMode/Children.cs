using System.Runtime.InteropServices;
using ClearanceDaemon.Core.Transport;
using ClearanceDaemon.Native;

namespace ClearanceDaemon.HandlersMode;

/// <summary>
/// Every process started here, from its start until it and all that came of it are gone: notices exits, ends whole
/// trees, reaps, and ends what belongs to nobody any more. For the reactor's thread; what takes time is done away from it.
/// </summary>
internal sealed class Children : IDisposable
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LastLook = TimeSpan.FromMilliseconds(250);
    // By number: that it has no name on Windows is no concern here.
    private static readonly PosixSignal ChildSignal = (PosixSignal)(OperatingSystem.IsMacOS() ? LibC.MacProcess.SIGCHLD : LibC.LinuxProcess.SIGCHLD);

    private readonly Reactor _reactor;
    private readonly Dictionary<int, Child> _children = [];
    private readonly PosixSignalRegistration _signal;
    private HashSet<(int Pid, ulong Started)> _strays = [];
    private int _starting;
    private bool _sweeping;
    private bool _sweepAgain;
    private bool _endStrays;
    private bool _reapingSet;

    public Children(Reactor reactor)
    {
        _reactor = reactor;
        Adopt();
        _signal = PosixSignalRegistration.Create(ChildSignal, _ => reactor.Post(OnSignal));
    }

    /// <summary>Nothing runs, is being started, or waits to be reaped.</summary>
    public bool AreNone => _children.Count == 0 && _starting == 0 && !_sweeping;

    public int Count => _children.Count + _starting;

    /// <summary>Told whenever something is gone.</summary>
    public Action? Progressed { get; set; }

    /// <summary>Starts a program away from this thread.</summary>
    /// <param name="start">Starts it; on any thread.</param>
    /// <param name="exited">Told when it has exited; it is still to be given to <see cref="End"/>.</param>
    public async Task<StartAttempt> StartAsync(Func<StartAttempt> start, Action<ExitStatus> exited)
    {
        _starting++;
        var attempt = default(StartAttempt);
        try
        {
            attempt = await Task.Run(start);
        }
        finally
        {
            _starting--;
            if (attempt.Problem is null && attempt.Pid > 0)
            {
                _children.Add(attempt.Pid, new(attempt.Pid, exited));
            }
        }

        // Its signal may have come before it was known here; and whoever started it must know it before it hears of its end.
        _reactor.Post(OnSignal);
        return attempt;
    }

    /// <summary>Kills a child and all that came of it, and reaps it.</summary>
    public void End(int pid, Action? gone = null)
    {
        if (!_children.TryGetValue(pid, out var child) || child.IsCondemned)
        {
            return;
        }

        // Not reaped, so the number is still its own, and its group's: no look at the table is needed for these.
        _ = LibC.kill(pid, LibC.SIGKILL);
        _ = LibC.kill(-pid, LibC.SIGKILL);
        child.IsCondemned = _endStrays = true;
        child.Gone = gone;
        Sweep();
    }

    /// <summary>Ends what is left of anything, children or not.</summary>
    public void EndAll()
    {
        foreach (var pid in _children.Keys.ToArray())
        {
            End(pid);
        }

        _endStrays = true;
        Sweep();
    }

    public void Dispose() => _signal.Dispose();

    /// <summary>Orphans of programs that end by any means come to this process, which can then find and end them (Linux).</summary>
    private static unsafe void Adopt()
    {
        // A parent that ignores the signal hands that on, and then the kernel reaps before we know.
        var action = stackalloc nint[LibC.SigactionBytes / sizeof(nint)];
        if (LibC.sigaction((int)ChildSignal, null, action) == 0 && action[0] == LibC.SIG_IGN)
        {
            _ = LibC.signal((int)ChildSignal, LibC.SIG_DFL);
        }

        if (OperatingSystem.IsLinux())
        {
            _ = LibC.prctl(LibC.LinuxProcess.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
        }
    }

    private void OnSignal()
    {
        foreach (var child in _children.Values.Where(static child => !child.HasExited).ToArray())
        {
            if (ExitOf(child.Pid) is { } status)
            {
                child.HasExited = true;
                child.Exited(status);
            }
        }

        if (!_reapingSet)
        {
            _reapingSet = true;
            _reactor.Timers.Schedule(HandlersLimits.Reaping, ReapStrays);
        }
    }

    private void ReapStrays()
    {
        _reapingSet = false;
        Sweep();
    }

    /// <summary>Looks whether a child has exited and leaves it unreaped: as long as it is, nothing else gets its number.</summary>
    private static unsafe ExitStatus? ExitOf(int pid)
    {
        const int CodeOffset = 8;
        const int ExitedByItself = 1;
        var (noWait, statusOffset) = OperatingSystem.IsMacOS()
            ? (LibC.MacProcess.WNOWAIT, LibC.MacProcess.StatusOffset)
            : (LibC.LinuxProcess.WNOWAIT, LibC.LinuxProcess.StatusOffset);
        var info = stackalloc byte[LibC.SiginfoBytes];
        new Span<byte>(info, LibC.SiginfoBytes).Clear();
        if (LibC.waitid(LibC.P_PID, (uint)pid, info, LibC.WEXITED | LibC.WNOHANG | noWait) != 0)
        {
            return Marshal.GetLastPInvokeError() == LibC.ECHILD ? default(ExitStatus) : null;
        }

        if (*(int*)info == 0)
        {
            return null;
        }

        var status = *(int*)(info + statusOffset);
        return *(int*)(info + CodeOffset) == ExitedByItself ? new(status, null) : new(null, status);
    }

    private void Sweep()
    {
        if (_sweeping)
        {
            _sweepAgain = true;
            return;
        }

        _sweeping = true;
        _ = SweepAsync();
    }

    private async Task SweepAsync()
    {
        for (var wait = FirstLook; ; wait = wait * 2 < LastLook ? wait * 2 : LastLook)
        {
            _sweepAgain = false;
            var condemned = Condemned();
            var order = new SweepOrder([.. _children.Keys], condemned, _strays);
            var result = await Task.Run(() => TreeSweep.Run(order));
            TakeStrays(result);
            condemned.ExceptWith(result.Left);
            foreach (var pid in condemned)
            {
                Bury(pid);
            }

            if (!_sweepAgain && _strays.Count == 0 && !_children.Values.Any(static child => child.IsCondemned))
            {
                break;
            }

            // Killed processes need a moment to be gone.
            await Task.Delay(wait);
        }

        _sweeping = _endStrays = false;
        Progressed?.Invoke();
    }

    private HashSet<int> Condemned()
    {
        var pids = new HashSet<int>();
        foreach (var child in _children.Values)
        {
            if (child.IsCondemned)
            {
                pids.Add(child.Pid);
            }
        }

        return pids;
    }

    // What looks like nobody's may be a program that is only just being started; then the next look tells.
    private void TakeStrays(SweepResult result)
    {
        _strays = [];
        if (_starting > 0)
        {
            _sweepAgain |= _endStrays && result.Strays.Count > 0;
            return;
        }

        foreach (var stray in result.Strays)
        {
            if ((_endStrays || stray.IsZombie) && !_children.ContainsKey(stray.Pid))
            {
                _strays.Add((stray.Pid, stray.Started));
            }
        }
    }

    private unsafe void Bury(int pid)
    {
        var status = 0;
        if (LibC.waitpid(pid, &status, LibC.WNOHANG) == 0)
        {
            // Dead for the table, not yet for its parent: the next look finds it.
            return;
        }

        _children.Remove(pid, out var child);
        child?.Gone?.Invoke();
        Progressed?.Invoke();
    }
}
