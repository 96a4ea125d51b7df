namespace ClearanceDaemon.Cli.Doctor;

/// <summary>A mount namespace that is not ours, with the processes in it that we may look at.</summary>
/// <param name="Pid">The lowest of their numbers.</param>
/// <param name="Command">That process's command line, as it gives it itself.</param>
/// <param name="Processes">How many there are.</param>
/// <param name="Mounts">What is mounted there.</param>
/// <param name="IsAsOurs">It has our root directory and sees our processes: a service with a mount of its own, not a sandbox.</param>
internal sealed record MountSpace(int Pid, string Command, int Processes, MountTable Mounts, bool IsAsOurs);
