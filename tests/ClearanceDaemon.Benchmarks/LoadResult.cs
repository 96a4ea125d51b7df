namespace ClearanceDaemon.Benchmarks;

/// <summary>What native/load.c prints; times in µs.</summary>
internal sealed record LoadResult(long Requests, long Errors, double Rps, double P50, double P99, double CpuUs);
