using System.Net.Sockets;
using UnixPeers.Native;

namespace UnixPeers;

/// <summary>
/// Opens a bound socket for connections and proves that its address leads to this process (the second half of step 6).
/// </summary>
internal static class ListenerProbe
{
    /// <summary>
    /// Listens with room for a single connection first, so that the one taken back out again is the probe's and no
    /// client is lost. A client that was quicker still keeps its place: the probe then waits behind it, and the server
    /// sees one connection that ends at once.
    /// </summary>
    public static void ListenAndMeet(SafeSocketHandle socket, UnixAddress address, UnixListenerOptions options)
    {
        Listen(socket, address, options.Label, 0);
        using var probe = NativeSocket.Create(nonBlocking: true);
        var errno = NativeSocket.Connect(probe, address);
        if (errno == 0)
        {
            CheckIsUs(probe, address, options.Label);
            using var accepted = NativeSocket.Accept(socket);
            Listen(socket, address, options.Label, options.Backlog);
            return;
        }

        Listen(socket, address, options.Label, options.Backlog);
        errno = errno == SystemNumbers.Current.EAGAIN ? NativeSocket.Connect(probe, address) : errno;
        if (errno != 0)
        {
            throw UnixSocketException.FromErrno(options.Label, address.ToString(), "connect to the new socket", errno, "Start again.");
        }

        CheckIsUs(probe, address, options.Label);
    }

    private static void Listen(SafeSocketHandle socket, UnixAddress address, string label, int backlog)
    {
        var errno = NativeSocket.Listen(socket, backlog);
        if (errno != 0)
        {
            throw UnixSocketException.FromErrno(label, address.ToString(), "listen", errno, "Start again.");
        }
    }

    private static void CheckIsUs(SafeSocketHandle probe, UnixAddress address, string label)
    {
        var answer = PeerCredentials.Read(probe);
        if (answer is PeerResult.Peer { Credentials: var listener }
            && listener.Uid == LibC.geteuid() && (listener.Pid ?? Environment.ProcessId) == Environment.ProcessId)
        {
            return;
        }

        throw new UnixSocketException(UnixSocketFault.Refused, label, address.ToString(),
            $"the address does not lead to this process ({answer}). Find out who replaces the socket, then start again.");
    }
}
