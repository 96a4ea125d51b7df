namespace ClearanceDaemon.Core.Metrics;

/// <summary>Everything the daemon counts.</summary>
internal enum Counter
{
    Connections,
    ConnectionsOpen,
    RefusedPeers,
    RefusedBusy,
    Requests,
    BadRequests,
    Busy,
    Allowed,
    Denied,
    NoOperator,
    TimedOut,
    Withdrawn,
    Abstained,
    Unavailable,
    HandlerFaults,
}
