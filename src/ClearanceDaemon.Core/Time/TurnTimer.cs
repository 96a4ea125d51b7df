namespace ClearanceDaemon.Core.Time;

/// <summary>One scheduled callback.</summary>
internal sealed class TurnTimer(Action callback)
{
    /// <summary>What to run; null once it ran or was cancelled.</summary>
    internal Action? Callback { get; private set; } = callback;

    public void Cancel() => Callback = null;
}
