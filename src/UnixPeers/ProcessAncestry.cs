using System.Runtime.InteropServices;

namespace UnixPeers;

/// <summary>Follows a process to its parent, and on to the first one. Processes come and go meanwhile, so the way counts only when it was
/// the same twice.</summary>
internal static class ProcessAncestry
{
    /// <summary>How many parents are followed: a fork chain made long on purpose must not keep the reader busy.</summary>
    internal const int MaxSteps = 256;

    // A parent that exits on the way changes it; so many in a row is somebody's game.
    private const int Attempts = 8;

    /// <returns>Whether a parent, or its parent and so on, has this pid; null when it could not be told: unreadable, longer than
    /// <see cref="MaxSteps"/>, or never twice the same.</returns>
    internal static bool? Meets(int pid, int ancestor) => Meets(pid, ancestor, ProcFacts.ReadStat);

    internal static bool? Meets(int pid, int ancestor, Func<int, ProcStat?> read)
    {
        List<Link> last = [];
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            List<Link> way = [];
            if (Follow(pid, ancestor, read, way) is { } met
                && attempt > 0
                && CollectionsMarshal.AsSpan(way).SequenceEqual(CollectionsMarshal.AsSpan(last)))
            {
                return met;
            }

            last = way;
        }

        return null;
    }

    private static bool? Follow(int pid, int ancestor, Func<int, ProcStat?> read, List<Link> way)
    {
        ulong younger = ulong.MaxValue;
        for (int step = 0; step < MaxSteps; step++)
        {
            // A parent is never younger than its child: this pid has come to name another process.
            if (read(pid) is not { } stat || stat.StartTime > younger)
            {
                way.Clear();
                return null;
            }

            way.Add(new Link(pid, stat.ParentPid, stat.StartTime));
            if (stat.ParentPid <= 0 || stat.ParentPid == ancestor)
            {
                return stat.ParentPid == ancestor && ancestor > 0;
            }

            (pid, younger) = (stat.ParentPid, stat.StartTime);
        }

        return null;
    }

    private readonly record struct Link(int Pid, int Parent, ulong StartTime);
}
