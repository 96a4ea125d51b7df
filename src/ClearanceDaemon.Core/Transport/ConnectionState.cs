namespace ClearanceDaemon.Core.Transport;

/// <summary>Where a connection stands; the flags combine.</summary>
[Flags]
internal enum ConnectionState : byte
{
    Open = 0,

    /// <summary>In the reactor's list of outboxes to send at the end of the turn.</summary>
    Dirty = 1,

    /// <summary>Whole lines may be waiting in the inbox: nothing more is read before they are run.</summary>
    Backlog = 2,

    /// <summary>In the reactor's list of backlogs for the next turn.</summary>
    Queued = 4,

    /// <summary>The peer sends no more; answers in flight still go out.</summary>
    EndOfInput = 8,

    /// <summary>Closes as soon as everything written is sent.</summary>
    Closing = 16,

    Closed = 32,

    /// <summary>Looked at once a second for a stalled line or unread replies.</summary>
    Watched = 64,
}
