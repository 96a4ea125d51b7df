using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using UnixPeers.Native;

namespace UnixPeers;

/// <summary>
/// Connects to a Unix socket and makes sure who listens before a byte is sent. The uid is compared and the pid is not:
/// under socket activation the kernel names the service manager's.
/// </summary>
public static class UnixPeerClient
{
    /// <summary>How long a connect may wait for room in the listener's backlog unless told otherwise.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Reply bytes allowed unless told otherwise: keeps a hostile or broken server from filling our memory.</summary>
    public const int DefaultMaxReplyBytes = 16 * 1024 * 1024;

    // A full backlog can only be asked again: the kernel tells a non-blocking connect nothing more.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(5);

    /// <summary>Connects and verifies the listener. The connection is the caller's to dispose.</summary>
    /// <param name="address">Where to go.</param>
    /// <param name="expectedUid">The only uid to accept there; it need not be our own.</param>
    /// <param name="timeout">For the connect; default 5 s; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <param name="maxReplyBytes">The longest reply line, line end not counted; default 16 MiB.</param>
    /// <param name="ct">Cancels the connect.</param>
    /// <exception cref="UnixPeerException">Unreachable, TimedOut or Untrusted.</exception>
    public static async Task<UnixPeerConnection> ConnectAsync(
        UnixAddress address, uint expectedUid, TimeSpan? timeout = null, int maxReplyBytes = DefaultMaxReplyBytes, CancellationToken ct = default)
    {
        var deadline = Check(address, timeout, maxReplyBytes);
        ct.ThrowIfCancellationRequested();
        var handle = CreateSocket(address, expectedUid);
        try
        {
            while (!TryConnect(handle, address, expectedUid, deadline))
            {
                await Task.Delay(RetryDelay, ct).ConfigureAwait(false);
            }

            var server = Verify(handle, address, expectedUid);
            return new UnixPeerConnection(new NetworkStream(new Socket(handle), ownsSocket: true), server, address, expectedUid, maxReplyBytes);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>
    /// As <see cref="ConnectAsync"/>, blocking: for short programs, which then start no thread. Parameters and errors are
    /// the same.
    /// </summary>
    public static UnixPeerConnection Connect(
        UnixAddress address, uint expectedUid, TimeSpan? timeout = null, int maxReplyBytes = DefaultMaxReplyBytes)
    {
        var deadline = Check(address, timeout, maxReplyBytes);
        var handle = Open(address, expectedUid, deadline, out var server);
        return new UnixPeerConnection(new DescriptorStream(handle), server, address, expectedUid, maxReplyBytes);
    }

    /// <summary>As <see cref="Connect"/>, for code that reads and writes by itself, such as an event loop.</summary>
    /// <returns>The socket, the caller's to dispose: verified, non-blocking, closed on exec; nothing was sent or read.</returns>
    public static SafeSocketHandle ConnectSocket(UnixAddress address, uint expectedUid, TimeSpan? timeout = null) =>
        Open(address, expectedUid, Check(address, timeout, DefaultMaxReplyBytes), out _);

    private static SafeSocketHandle Open(UnixAddress address, uint expectedUid, long deadline, out PeerCredentials server)
    {
        var handle = CreateSocket(address, expectedUid);
        try
        {
            while (!TryConnect(handle, address, expectedUid, deadline))
            {
                Thread.Sleep(RetryDelay);
            }

            server = Verify(handle, address, expectedUid);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static long Check(UnixAddress address, TimeSpan? timeout, int maxReplyBytes)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxReplyBytes);
        var wait = timeout ?? DefaultTimeout;
        if (wait == Timeout.InfiniteTimeSpan)
        {
            return long.MaxValue;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero, nameof(timeout));
        return Stopwatch.GetTimestamp() + (long)(wait.TotalSeconds * Stopwatch.Frequency);
    }

    private static SafeSocketHandle CreateSocket(UnixAddress address, uint expectedUid)
    {
        var handle = NativeSocket.Create(nonBlocking: true);
        return !handle.IsInvalid ? handle : throw Unreachable(address, expectedUid, "create a socket", Marshal.GetLastPInvokeError());
    }

    private static bool TryConnect(SafeSocketHandle handle, UnixAddress address, uint expectedUid, long deadline)
    {
        var errno = NativeSocket.Connect(handle, address);
        if (errno == 0)
        {
            return true;
        }

        if (errno != SystemNumbers.Current.EAGAIN && errno != SystemNumbers.EINTR)
        {
            throw Unreachable(address, expectedUid, "connect", errno);
        }

        return Stopwatch.GetTimestamp() < deadline
            ? false
            : throw new UnixPeerException(UnixPeerFault.TimedOut, address, expectedUid, null,
                "the listener did not accept in time, its backlog is full. See whether it still runs, then try again.");
    }

    private static PeerCredentials Verify(SafeSocketHandle handle, UnixAddress address, uint expectedUid) => PeerCredentials.ReadListener(handle) switch
    {
        PeerResult.Peer { Credentials: var server } when server.Uid == expectedUid => server,
        PeerResult.Peer { Credentials: var other } => throw UnixPeerException.WrongUser(address, expectedUid, other),
        var refused => throw new UnixPeerException(UnixPeerFault.Untrusted, address, expectedUid, null,
            $"the kernel did not say who listens ({refused}). Nothing was sent. Report this with your kernel version."),
    };

    private static UnixPeerException Unreachable(UnixAddress address, uint expectedUid, string what, int errno) =>
        new(UnixPeerFault.Unreachable, address, expectedUid, null,
            $"could not {what}: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno}). See whether the server runs.");
}
