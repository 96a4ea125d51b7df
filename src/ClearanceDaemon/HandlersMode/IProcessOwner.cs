namespace ClearanceDaemon.HandlersMode;

/// <summary>Who a program was started for. Called on the reactor's thread, and no more once the process was killed.</summary>
internal interface IProcessOwner
{
    /// <summary>What it wrote to stdout: none at its end.</summary>
    void OnOutput(ReadOnlySpan<byte> bytes);

    /// <summary>It exited, and all it wrote before has been told. What it left behind is still to be killed.</summary>
    void OnExit(ExitStatus status);
}
