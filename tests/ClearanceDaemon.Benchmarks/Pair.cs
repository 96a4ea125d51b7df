namespace ClearanceDaemon.Benchmarks;

/// <summary>The same load on the limit and on what is measured, one right after the other.</summary>
internal sealed record Pair(LoadResult Limit, LoadResult Value);
