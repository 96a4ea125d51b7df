using System.Globalization;

namespace ClearanceDaemon.Benchmarks;

/// <summary>A process's memory in bytes, as /proc/PID/smaps_rollup has it, and its threads.</summary>
internal sealed record MemoryUse(long Resident, long Proportional, long PrivateDirty, int Threads)
{
    public static MemoryUse Of(int pid)
    {
        var lines = File.ReadAllLines($"/proc/{pid}/smaps_rollup");
        return new MemoryUse(
            Field(lines, "Rss:"),
            Field(lines, "Pss:"),
            Field(lines, "Private_Dirty:"),
            Directory.GetDirectories($"/proc/{pid}/task").Length);
    }

    private static long Field(string[] lines, string name)
    {
        var line = Array.Find(lines, l => l.StartsWith(name, StringComparison.Ordinal))
            ?? throw new BenchmarkException($"smaps_rollup has no {name}");
        return 1024 * long.Parse(line.AsSpan(name.Length).Trim().TrimEnd("kB").Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
