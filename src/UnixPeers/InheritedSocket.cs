using System.Net.Sockets;

namespace UnixPeers;

/// <summary>A listening Unix stream socket that the service manager made. Owns the descriptor, which is close-on-exec; the file at its
/// address, and its blocking mode (shared with the manager), are the manager's.</summary>
public sealed class InheritedSocket : IDisposable
{
    internal const string UnknownName = "unknown";

    internal InheritedSocket(string name, SafeSocketHandle handle)
    {
        Name = name;
        Handle = handle;
    }

    /// <summary>FileDescriptorName= of the socket unit, or the key in launchd's plist; "unknown" where none was given.</summary>
    public string Name { get; }

    /// <summary>The socket; closed by <see cref="Dispose"/>. To hand it over, keep the handle and do not dispose this.</summary>
    public SafeSocketHandle Handle { get; }

    /// <summary>Closes the descriptor.</summary>
    public void Dispose() => Handle.Dispose();
}
