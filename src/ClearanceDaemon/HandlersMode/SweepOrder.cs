namespace ClearanceDaemon.HandlersMode;

/// <summary>What one look at the process table is for.</summary>
/// <param name="Known">Every child that is not reaped.</param>
/// <param name="Condemned">Those of them that are to be ended, with all that came of them.</param>
/// <param name="Strays">Processes that an earlier look found to be nobody's, to be ended too.</param>
internal sealed record SweepOrder(HashSet<int> Known, HashSet<int> Condemned, HashSet<(int Pid, ulong Started)> Strays);
