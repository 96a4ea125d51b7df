using UnixPeers.Native;

namespace UnixPeers;

/// <summary>
/// Whether anyone listens at an address (step 4 of the ritual). On Linux /proc/net/unix is read first, which starts
/// nothing that a service manager holds ready. A listener that it does not list by this name (bound by a relative path,
/// or in another network namespace), and every listener on macOS, is found by a connection that is closed at once.
/// </summary>
public static class UnixListeners
{
    /// <summary>
    /// True when a stream or seqpacket socket listens there. Names are compared as bytes; a listener whose file was
    /// since replaced still counts, since it believes to own the address. Only "refused" and "no such file" mean no.
    /// </summary>
    /// <remarks>
    /// Local users can add lines to /proc/net/unix by binding names with line breaks, so a "true" keeps a program from
    /// starting and proves nothing else.
    /// </remarks>
    public static bool HasLiveListener(UnixAddress a)
    {
        ArgumentNullException.ThrowIfNull(a);
        return (OperatingSystem.IsLinux() && IsListed(a)) || Answers(a);
    }

    private static bool IsListed(UnixAddress address)
    {
        try
        {
            return ProcNetUnix.HasListener(File.ReadAllBytes("/proc/net/unix"), address.Name, address.IsAbstract);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool Answers(UnixAddress address)
    {
        using var socket = NativeSocket.Create(nonBlocking: true);
        if (socket.IsInvalid)
        {
            return true;
        }

        var errno = NativeSocket.Connect(socket, address);
        return errno != SystemNumbers.ENOENT && errno != SystemNumbers.ENOTDIR && errno != SystemNumbers.Current.ECONNREFUSED;
    }
}
