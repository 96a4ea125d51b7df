using System.Net.Sockets;

namespace UnixPeers;

/// <summary>How a <see cref="UnixListener"/> is made. Plain values; may be reused for several listeners.</summary>
public sealed class UnixListenerOptions
{
    /// <summary>What the socket is called in every error, for example "ask socket".</summary>
    public required string Label { get; init; }

    /// <summary>How many connections may wait to be accepted; the kernel clamps it to net.core.somaxconn (listen(2)).</summary>
    public int Backlog { get; init; } = 4096;

    /// <summary>
    /// The socket's directory is the caller's own: it is created 0700 and tightened to 0700. Otherwise it must be there
    /// and 0700 already. Inherited sockets never change their directory.
    /// </summary>
    public bool OwnsDirectory { get; init; }

    /// <summary>Told about what works but deserves a look, such as a path over 91 bytes.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>
    /// Called around the creation of the socket, for callers that set a security context (SELinux
    /// <c>setsockcreatecon</c>, which is per thread: call the argument on the same thread and return what it returned).
    /// </summary>
    public Func<Func<SafeSocketHandle>, SafeSocketHandle>? AroundSocketCreation { get; init; }
}
