using ClearanceDaemon.Native;

namespace ClearanceDaemon.HandlersMode;

/// <summary>
/// One look at the process table: finds what belongs to whom and kills what is to be ended. A child's are those in its
/// session, and whoever descends from them. Not for the reactor's thread.
/// </summary>
internal sealed class TreeSweep
{
    /// <summary>A process has at most so many ancestors that are looked at: a chain made long on purpose must not keep us busy.</summary>
    private const int MaxSteps = 256;

    private static readonly int Self = Environment.ProcessId;
    private static readonly int OwnSession = LibC.getsid(0);
    private readonly SweepOrder _order;
    private readonly Dictionary<int, ProcessEntry> _table = [];
    private readonly SweepResult _result = new([], []);

    private TreeSweep(SweepOrder order, List<ProcessEntry> table)
    {
        _order = order;
        foreach (var entry in table)
        {
            _table[entry.Pid] = entry;
        }
    }

    public static SweepResult Run(SweepOrder order)
    {
        if (ProcessTable.Read() is not { } table)
        {
            foreach (var pid in order.Condemned)
            {
                ProcessTable.Kill(new() { Pid = pid });
            }

            return new([], []);
        }

        var sweep = new TreeSweep(order, table);
        foreach (var entry in table)
        {
            sweep.Look(entry);
        }

        return sweep._result;
    }

    private void Look(ProcessEntry entry)
    {
        if (entry.Pid == Self || OwnerOf(entry) is not { } owner)
        {
            return;
        }

        if (_order.Known.Contains(owner.Pid))
        {
            LookAtOwned(entry, owner.Pid);
            return;
        }

        _result.Strays.Add(owner);
        if (_order.Strays.Contains((owner.Pid, owner.Started)))
        {
            End(entry);
        }
    }

    private void LookAtOwned(ProcessEntry entry, int owner)
    {
        if (entry.IsZombie)
        {
            // The child itself stays a zombie until all of its own are gone: its number stands for their session.
            Reap(entry, entry.Pid == owner);
        }
        else if (_order.Condemned.Contains(owner))
        {
            _result.Left.Add(owner);
            ProcessTable.Kill(entry);
        }
    }

    private static void End(ProcessEntry entry)
    {
        if (entry.IsZombie)
        {
            Reap(entry, isChild: false);
        }
        else
        {
            ProcessTable.Kill(entry);
        }
    }

    private static unsafe void Reap(ProcessEntry entry, bool isChild)
    {
        if (!isChild && entry.Parent == Self)
        {
            _ = LibC.waitpid(entry.Pid, null, LibC.WNOHANG);
        }
    }

    /// <summary>The child that a process belongs to, the stray it descends from, or null for what is none of ours.</summary>
    private ProcessEntry? OwnerOf(ProcessEntry entry)
    {
        for (var steps = 0; steps < MaxSteps; steps++)
        {
            if (_order.Known.Contains(entry.Session))
            {
                return entry with { Pid = entry.Session };
            }

            if (_order.Known.Contains(entry.Pid))
            {
                return entry;
            }

            if (entry.Parent == Self)
            {
                // What is in our own session was not started by us: every child has its own from its first instruction on.
                return entry.Session == OwnSession ? null : entry;
            }

            if (!_table.TryGetValue(entry.Parent, out entry))
            {
                return null;
            }
        }

        return null;
    }
}
