namespace ClearanceDaemon.HandlersMode;

/// <summary>A process started here and not yet reaped, so that its number is surely its own.</summary>
internal sealed class Child(int pid, Action<ExitStatus> exited)
{
    public int Pid => pid;

    /// <summary>Told once, on the reactor's thread.</summary>
    public Action<ExitStatus> Exited => exited;

    public bool HasExited { get; set; }

    /// <summary>It and all that came of it are to be ended.</summary>
    public bool IsCondemned { get; set; }

    /// <summary>Told when nothing is left of it.</summary>
    public Action? Gone { get; set; }
}
