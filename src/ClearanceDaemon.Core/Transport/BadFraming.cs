namespace ClearanceDaemon.Core.Transport;

/// <summary>How a peer breaks the framing: both end the connection, since what follows cannot be trusted to start a line.</summary>
internal enum BadFraming
{
    LineTooLong,
    LineTooSlow,
}
