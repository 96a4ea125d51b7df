namespace ClearanceDaemon.Core.External;

/// <summary>What the daemon knows of a handler's program.</summary>
/// <param name="Name">The handler's name.</param>
/// <param name="Manifest">SHA-256 of its manifest, hex; empty for a command that is compiled in.</param>
/// <param name="Deadline">How long one request may take.</param>
/// <param name="Concurrency">Requests at one time.</param>
internal sealed record HandlerTerms(string Name, string Manifest, TimeSpan Deadline, int Concurrency)
{
    /// <summary>False where an exit code is the answer to one request, and says nothing about the next.</summary>
    public bool ExitCounts { get; init; } = true;
}
