namespace ClearanceDaemon.Core.Events;

/// <summary>Where the events of one subscriber go.</summary>
internal interface IEventSink
{
    /// <summary>False while the subscriber has yet to read what it was sent.</summary>
    bool HasRoom { get; }

    /// <summary>Takes one whole line, its end included.</summary>
    void Write(ReadOnlySpan<byte> line);
}
