using System.Text.Json;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Protocol;

/// <summary>
/// One connection to the daemon: calls go out as lines, answers are matched by id, and the lines in between reach
/// <see cref="Asked"/>, <see cref="Happened"/> and <see cref="Notified"/>. It owns its stream. One call at a time; the stream decides who is trusted, so
/// verify the server before making a client of it.
/// </summary>
/// <remarks>
/// Errors the daemon answers are <see cref="RpcException"/>; a connection that ends is <see cref="EndOfStreamException"/>; a line
/// that is no answer or over the cap is <see cref="InvalidDataException"/>. After the last two the client is of no more use.
/// </remarks>
public sealed class ClearanceClient : IDisposable, IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly int _lineBytes;
    private readonly LineBuffer _request = new();
    private byte[] _buffer = new byte[1024];
    private int _start;
    private int _end;
    private int _scanned;
    private long _lastId;
    private bool _calling;

    /// <summary>Makes a client that owns <paramref name="stream"/>.</summary>
    /// <param name="stream">A connected, verified stream.</param>
    /// <param name="lineBytes">The longest line the daemon may answer, in bytes without LF.</param>
    public ClearanceClient(Stream stream, int lineBytes = ProtocolLimits.OperatorLineBytes)
    {
        _stream = stream;
        _lineBytes = lineBytes;
    }

    /// <summary>Called on the calling thread when an ask of ours starts to wait for a person.</summary>
    public Action<AskedNotification>? Asked { get; set; }

    /// <summary>Called on the calling thread with every event, after <c>clearance.subscribe</c>.</summary>
    public Action<ClearanceEvent>? Happened { get; set; }

    /// <summary>Called on the calling thread with the method and the raw JSON params of every other notification.</summary>
    public Action<string, ReadOnlyMemory<byte>>? Notified { get; set; }

    /// <summary>Calls a method and waits for its answer.</summary>
    public TResult Call<TParams, TResult>(RpcMethod<TParams, TResult> method, TParams parameters) =>
        Read(method, CallRaw(method.Name, JsonSerializer.SerializeToUtf8Bytes(parameters, method.Params)));

    /// <summary>Calls a method and waits for its answer. Cancelled, the answer is skipped when it comes.</summary>
    public async Task<TResult> CallAsync<TParams, TResult>(
        RpcMethod<TParams, TResult> method, TParams parameters, CancellationToken cancellationToken = default) =>
        Read(method, await CallRawAsync(method.Name, JsonSerializer.SerializeToUtf8Bytes(parameters, method.Params), cancellationToken).ConfigureAwait(false));

    /// <summary>Calls a method with the raw JSON of its params, an object, and returns the raw JSON of its result.</summary>
    public byte[] CallRaw(string method, ReadOnlySpan<byte> parameters)
    {
        var id = Begin(method, parameters);
        try
        {
            _stream.Write(_request.Written);
            _stream.Flush();
            while (true)
            {
                if (NextAnswer(id) is { } body)
                {
                    return body;
                }

                Received(_stream.Read(Room()));
            }
        }
        finally
        {
            _calling = false;
        }
    }

    /// <summary>Calls a method with the raw JSON of its params, an object, and returns the raw JSON of its result.</summary>
    public async Task<byte[]> CallRawAsync(string method, ReadOnlyMemory<byte> parameters, CancellationToken cancellationToken = default)
    {
        var id = Begin(method, parameters.Span);
        try
        {
            await _stream.WriteAsync(_request.Array.AsMemory(0, _request.Length), cancellationToken).ConfigureAwait(false);
            await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            while (true)
            {
                if (NextAnswer(id) is { } body)
                {
                    return body;
                }

                Room();
                Received(await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false));
            }
        }
        finally
        {
            _calling = false;
        }
    }

    /// <summary>Waits for one notification and hands it to whom it is for. Not beside a call.</summary>
    /// <exception cref="EndOfStreamException">The daemon closed the connection.</exception>
    public void Listen()
    {
        while (true)
        {
            if (NextLine() is { } reply)
            {
                NotifyOrThrow(reply);
                return;
            }

            Received(_stream.Read(Room()));
        }
    }

    /// <inheritdoc cref="Listen"/>
    public async Task ListenAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (NextLine() is { } reply)
            {
                NotifyOrThrow(reply);
                return;
            }

            Room();
            Received(await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static TResult Read<TParams, TResult>(RpcMethod<TParams, TResult> method, byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, method.Result) ?? throw new JsonException("The result is null.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A lone surrogate surfaces as InvalidOperationException, not as JsonException.
            throw new InvalidDataException($"The daemon's answer to {method.Name} is not of the shape this client knows: {e.Message}", e);
        }
    }

    private long Begin(string method, ReadOnlySpan<byte> parameters)
    {
        if (_calling)
        {
            throw new InvalidOperationException("A call is under way on this connection; open another one.");
        }

        _calling = true;
        _request.Truncate(0);
        _request.Raw("{\"jsonrpc\":\"2.0\",\"id\":"u8);
        _request.Number(++_lastId);
        _request.Raw(",\"method\":"u8);
        _request.String(System.Text.Encoding.UTF8.GetBytes(method));
        _request.Raw(",\"params\":"u8);
        _request.Raw(parameters);
        _request.Raw("}\n"u8);
        return _lastId;
    }

    /// <summary>Takes whole lines out of the buffer until one answers <paramref name="id"/>; null when more bytes are needed.</summary>
    private byte[]? NextAnswer(long id)
    {
        while (NextLine() is { } reply)
        {
            if (!TryNotify(reply) && IsAnswerTo(reply, id))
            {
                return reply.Error is null ? reply.Body : throw new RpcException(reply.Error);
            }
        }

        return null;
    }

    /// <summary>Takes one whole line out of the buffer; null when more bytes are needed.</summary>
    private RpcReply? NextLine()
    {
        switch (LineReader.Next(_buffer.AsSpan(_start, _end - _start), _scanned, _lineBytes, out var length, out var consumed))
        {
            case LineStatus.TooLong:
                throw new InvalidDataException($"The daemon sent a line of more than {_lineBytes} bytes.");
            case LineStatus.Incomplete:
                _scanned = _end - _start;
                return null;
        }

        var reply = RpcReply.Parse(_buffer.AsSpan(_start, length));
        _start += consumed;
        _scanned = 0;
        return reply;
    }

    private bool IsAnswerTo(RpcReply reply, long id) => reply.Id switch
    {
        // Without an id the error is about the connection as a whole: a quota, a line over the cap.
        null => reply.Error is not null ? true : throw new InvalidDataException("The daemon sent an answer without an id."),
        { Text: null } answered when answered.Number == id => true,

        // The answer to a call that was cancelled.
        { Text: null, Number: > 0 } late when late.Number < id && late.Number <= _lastId => false,
        _ => throw new InvalidDataException($"The daemon answered request {reply.Id}, which was not made."),
    };

    private void NotifyOrThrow(RpcReply reply)
    {
        // Answers to calls that were cancelled may still come.
        if (!TryNotify(reply) && IsAnswerTo(reply, long.MaxValue) && reply.Error is { } error)
        {
            throw new RpcException(error);
        }
    }

    private bool TryNotify(RpcReply reply)
    {
        switch (reply.Method)
        {
            case null:
                return false;
            case MethodNames.Asked:
                Asked?.Invoke(Read(ClearanceMethods.AskedShape, reply.Body));
                break;
            case MethodNames.Event:
                Happened?.Invoke(Read(ClearanceMethods.EventShape, reply.Body));
                break;
            default:
                Notified?.Invoke(reply.Method, reply.Body);
                break;
        }

        return true;
    }

    private Span<byte> Room()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 4, _lineBytes + 2));
        }

        return _buffer.AsSpan(_end);
    }

    private void Received(int count) =>
        _end += count > 0 ? count : throw new EndOfStreamException("The daemon closed the connection before it answered.");
}
