namespace ClearanceDaemon.Core.Time;

/// <summary>One scheduled callback.</summary>
internal sealed class TurnTimer(Action callback, TurnTimers owner)
{
    /// <summary>What to run; null once it ran or was cancelled.</summary>
    internal Action? Callback { get; private set; } = callback;

    public void Cancel()
    {
        if (Take() is not null)
        {
            owner.OnCancelled();
        }
    }

    /// <summary>The callback, which is from now on nobody else's.</summary>
    internal Action? Take()
    {
        var taken = Callback;
        Callback = null;
        return taken;
    }
}
