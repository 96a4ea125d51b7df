namespace ClearanceDaemon.Core.Transport;

/// <summary>Decides about each accepted connection. Called on the reactor's thread; nothing slow.</summary>
internal interface IAcceptor
{
    /// <summary>What a caller is told when the process has no descriptor left for it.</summary>
    ReadOnlySpan<byte> NoDescriptors { get; }

    /// <summary>
    /// Returns the sink of a connection that is let in, or null to have it closed. <paramref name="farewell"/> is then
    /// sent first, as far as it fits.
    /// </summary>
    ILineSink? Admit(Connection connection, out ReadOnlySpan<byte> farewell);
}
