namespace ClearanceDaemon.HandlersMode;

/// <summary>How a process ended: by itself with a code, or by a signal.</summary>
internal readonly record struct ExitStatus(int? Code, int? Signal)
{
    public override string ToString() => Code is { } code ? $"exited with code {code}" : Signal is { } signal ? $"was ended by signal {signal}" : "is gone";
}
