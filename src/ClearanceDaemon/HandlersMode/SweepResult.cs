namespace ClearanceDaemon.HandlersMode;

/// <summary>What one look at the process table found.</summary>
/// <param name="Left">Condemned children of which something still lived.</param>
/// <param name="Strays">Processes that came to us when their parents ended, in a session that is no child's: nobody's.</param>
internal sealed record SweepResult(HashSet<int> Left, HashSet<ProcessEntry> Strays);
