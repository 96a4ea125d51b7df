using System.Runtime.InteropServices;

namespace ClearanceDaemon.Benchmarks;

/// <summary>What a reader needs to know of the machine to place the figures.</summary>
internal sealed record MachineFacts(DateTimeOffset Started, string Kernel, string Processor, int Processors, string Memory)
{
    public static MachineFacts Read(DateTimeOffset started) => new(
        started,
        $"{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}, Linux {File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}",
        Field("/proc/cpuinfo", "model name") ?? "unknown processor",
        Environment.ProcessorCount,
        Field("/proc/meminfo", "MemTotal") ?? "unknown");

    private static string? Field(string file, string name)
    {
        var line = File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
