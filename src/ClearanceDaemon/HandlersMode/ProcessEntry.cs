namespace ClearanceDaemon.HandlersMode;

/// <summary>One process as the system's table has it. Pid and start time together are never another process's.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="Parent">Its parent's.</param>
/// <param name="Session">Its session: the number of the process that opened it.</param>
/// <param name="Started">Clock ticks from boot to its start.</param>
/// <param name="IsZombie">It has exited and waits for its parent to notice.</param>
internal readonly record struct ProcessEntry(int Pid, int Parent, int Session, ulong Started, bool IsZombie);
