namespace ClearanceDaemon.Benchmarks;

/// <summary>A figure, or the whole run, could not be had; the message says what is missing or what was answered instead.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
