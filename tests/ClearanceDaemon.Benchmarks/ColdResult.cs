namespace ClearanceDaemon.Benchmarks;

/// <summary>What native/cold.c prints; medians over the starts.</summary>
internal sealed record ColdResult(int Reps, int Errors, double Ms, double P99, double CpuMs, double RssKb, double PssKb);
