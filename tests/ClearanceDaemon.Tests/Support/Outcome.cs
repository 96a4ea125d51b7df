namespace ClearanceDaemon.Tests.Support;

/// <summary>How a finished process ended.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error);
