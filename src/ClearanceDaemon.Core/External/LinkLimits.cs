namespace ClearanceDaemon.Core.External;

/// <summary>How patient the daemon is with the handlers process, and how much it holds for it.</summary>
internal sealed record LinkLimits
{
    /// <summary>How long a connect may wait for room in the listener's backlog.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>On top of a handler's deadline: the start of the handlers process, and its own killing of what is late.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Without an order for so long the connection is closed, and the handlers process may exit: memory that nobody uses.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(5);
}
