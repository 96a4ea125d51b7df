namespace ClearanceDaemon.Core.Transport;

/// <summary>Who gets a connection's lines. Called on the reactor's thread, within a turn.</summary>
internal interface ILineSink
{
    /// <summary>True while an answer is still owed: the connection of a peer that only stopped sending stays open for it.</summary>
    bool HasInFlight { get; }

    /// <summary>True when lines are worth reading though their sender is gone: they ask for no answer.</summary>
    bool OutlivesPeer => false;

    /// <summary>One line without its end. The bytes are the reactor's and valid during the call.</summary>
    void OnLine(ReadOnlySpan<byte> line);

    /// <summary>The peer broke the framing. Whatever is answered now is sent before the connection closes.</summary>
    void OnBadFraming(BadFraming what);

    /// <summary>Everything written was sent.</summary>
    void OnDrained();

    /// <summary>The connection is gone; its descriptor is closed. Called once.</summary>
    void OnClosed();
}
