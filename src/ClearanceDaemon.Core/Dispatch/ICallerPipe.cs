namespace ClearanceDaemon.Core.Dispatch;

/// <summary>The way from a stream to its caller. For the reactor's thread.</summary>
internal interface ICallerPipe
{
    /// <summary>False while the caller has yet to read what it was sent, and once it is gone.</summary>
    bool HasRoom { get; }

    /// <summary>Sends one whole line, its end included, at the end of the turn.</summary>
    void Write(ReadOnlySpan<byte> line);
}
