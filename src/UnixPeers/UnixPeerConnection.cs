namespace UnixPeers;

/// <summary>
/// A connection whose listener was verified, and a reader of reply lines with a cap. Owns the socket. One reader and one
/// writer at a time.
/// </summary>
public sealed class UnixPeerConnection : IDisposable
{
    private readonly UnixAddress _address;
    private readonly uint _expectedUid;
    private readonly PeerCredentials _server;
    private readonly ReplyBuffer _replies;

    internal UnixPeerConnection(Stream stream, PeerCredentials server, UnixAddress address, uint expectedUid, int maxReplyBytes)
    {
        Stream = stream;
        _server = server;
        _address = address;
        _expectedUid = expectedUid;
        _replies = new ReplyBuffer(maxReplyBytes);
    }

    /// <summary>The connection's bytes. Reading it directly passes by the cap, and misses what a line reader already holds.</summary>
    public Stream Stream { get; }

    /// <summary>The listener's uid, as expected.</summary>
    public uint ServerUid => _server.Uid;

    /// <summary>The process that called listen, for display only; null where the system does not tell.</summary>
    public int? ServerPid => _server.Pid;

    /// <summary>Reads up to the next line feed.</summary>
    /// <returns>The line without its line feed, valid until the next read; null when the server hung up between lines.</returns>
    /// <exception cref="UnixPeerException">ReplyTooLarge: more bytes than allowed and no line end; Unreachable: it hung up within a line.</exception>
    public ReadOnlyMemory<byte>? ReadLine()
    {
        ReadOnlyMemory<byte>? line;
        while ((line = NextLine()) is null)
        {
            var count = Read();
            if (count == 0)
            {
                return End();
            }

            _replies.Add(count);
        }

        return line;
    }

    /// <inheritdoc cref="ReadLine"/>
    /// <param name="ct">Cancels the wait; the connection is of no use for reading after that.</param>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadLineAsync(CancellationToken ct = default)
    {
        ReadOnlyMemory<byte>? line;
        while ((line = NextLine()) is null)
        {
            var count = await ReadAsync(ct).ConfigureAwait(false);
            if (count == 0)
            {
                return End();
            }

            _replies.Add(count);
        }

        return line;
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => Stream.Dispose();

    private int Read()
    {
        try
        {
            return Stream.Read(_replies.Room().Span);
        }
        catch (IOException error)
        {
            throw Lost(error.Message);
        }
    }

    private async ValueTask<int> ReadAsync(CancellationToken ct)
    {
        try
        {
            return await Stream.ReadAsync(_replies.Room(), ct).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            throw Lost(error.Message);
        }
    }

    private ReadOnlyMemory<byte>? NextLine()
    {
        var line = _replies.Take();
        return line is null && _replies.IsOverCap
            ? throw new UnixPeerException(UnixPeerFault.ReplyTooLarge, _address, _expectedUid, _server,
                $"a reply has more than {_replies.MaxLineBytes} bytes. Ask for less, or allow more.")
            : line;
    }

    private ReadOnlyMemory<byte>? End() => _replies.IsEmpty
        ? null
        : throw Lost("it hung up in the middle of its reply");

    private UnixPeerException Lost(string how) => new(UnixPeerFault.Unreachable, _address, _expectedUid, _server,
        $"the server was lost: {how}. See whether it still runs, then try again.");
}
