namespace ClearanceDaemon.Cli.Doctor;

/// <summary>One thing that is not as it should be. The texts may hold what others wrote; they are cleaned where they are shown.</summary>
/// <param name="Severity">How bad.</param>
/// <param name="Subject">What it is about: a path, a unit, a process.</param>
/// <param name="What">What is wrong with it.</param>
/// <param name="Next">One command or one edit that mends it; null where there is nothing to do.</param>
internal sealed record Finding(Severity Severity, string Subject, string What, string? Next);
