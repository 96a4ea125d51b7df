using ClearanceDaemon.Core.Transport;

namespace ClearanceDaemon.Core.Dispatch;

/// <summary>Where the answers of one connection go. For the reactor's thread.</summary>
internal interface IReplies
{
    /// <summary>The outbox to write whole lines to, or null when the peer is gone.</summary>
    Outbox? Outbox { get; }

    /// <summary>True while records exist that an answer must not overtake.</summary>
    bool MustHold { get; }

    /// <summary>Gives the connection a stream, of which it has one at most; null when it has one already.</summary>
    ICallerPipe? Attach(ICallerStream stream);

    /// <summary>A request was not answered in its turn: it now counts as in flight.</summary>
    void OnDetached(RequestContext request);

    /// <summary>A request in flight was answered.</summary>
    void OnCompleted(RequestContext request);
}
