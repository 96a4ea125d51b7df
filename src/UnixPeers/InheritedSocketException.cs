namespace UnixPeers;

/// <summary>What the service manager handed over is not what it promised, or not what can be served. The message names descriptor and
/// name.</summary>
public sealed class InheritedSocketException : Exception
{
    internal InheritedSocketException(string message, IReadOnlyList<InheritedSocket>? usable = null)
        : base(message)
    {
        Usable = usable ?? [];
    }

    /// <summary>The sockets that passed all the same, owned by whoever catches this: a program that must not exit (it would be started
    /// again at once) can answer on them with the reason. All descriptors, also the bad ones, are close-on-exec; none was
    /// closed.</summary>
    public IReadOnlyList<InheritedSocket> Usable { get; }
}
