namespace ClearanceDaemon.HandlersMode;

/// <summary>What came of starting a program: its pid, or why there is none.</summary>
internal readonly record struct StartAttempt(int Pid, string? Problem);
