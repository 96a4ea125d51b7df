namespace ClearanceDaemon.HandlersMode;

/// <summary>Takes what was read of a pipe: none at its end. The bytes are the reactor's and valid during the call.</summary>
internal delegate void PipeBytes(ReadOnlySpan<byte> bytes);
