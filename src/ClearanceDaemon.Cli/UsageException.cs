namespace ClearanceDaemon.Cli;

/// <summary>The person's command line or environment cannot be meant; the message names the flag or variable and says what to do.</summary>
internal sealed class UsageException(string message) : Exception(message);
