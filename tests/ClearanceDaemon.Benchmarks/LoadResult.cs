namespace ClearanceDaemon.Benchmarks;

/// <summary>
/// What native/load.c prints; times in µs, <paramref name="ForeignCpu"/> in CPUs that others kept busy,
/// <paramref name="Answered"/> with the warm-up.
/// </summary>
internal sealed record LoadResult(
    long Requests, long Answered, long Errors, double Rps, double P50, double P99, double CpuUs, double ForeignCpu);
