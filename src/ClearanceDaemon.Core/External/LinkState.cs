namespace ClearanceDaemon.Core.External;

/// <summary>How the daemon stands with the handlers process.</summary>
internal enum LinkState : byte
{
    /// <summary>Not connected, and nothing is known to be wrong.</summary>
    Idle,

    Connecting,

    Connected,

    /// <summary>The last try failed.</summary>
    Unreachable,
}
