namespace ClearanceDaemon.Cli;

/// <summary>What a child process left.</summary>
internal sealed record ChildOutcome(int ExitCode, string Out, string Error);
