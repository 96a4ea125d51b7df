using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Dispatch;

/// <summary>
/// One request and the place to answer it. Belongs to the reactor's thread: answer there, which is where an await without
/// <c>ConfigureAwait(false)</c> resumes. Answers of a caller that is gone are dropped.
/// </summary>
public sealed class RequestContext
{
    private readonly LineBuffer _request = new();
    private LineBuffer? _nowhere;
    private CancellationTokenSource? _aborted;
    private IReplies? _replies;
    private Caller? _caller;
    private int _idLength;
    private int _replyStart;
    private bool _isWriting;
    private bool _gone;
    private bool _gaveUp;

    internal RequestContext()
    {
    }

    /// <summary>Who asks.</summary>
    public Caller Caller => _caller!;

    /// <summary>The request's id as the JSON token it was sent as.</summary>
    public ReadOnlySpan<byte> Id => _request.Written[.._idLength];

    /// <summary>The parameters, a valid JSON object without duplicate members, or empty when none were sent.</summary>
    public ReadOnlySpan<byte> Params => _request.Written[_idLength..];

    /// <summary>True once the request has its answer.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>True while only a person can answer: a daemon that stops does not wait for that.</summary>
    internal bool WaitsForPerson { get; set; }

    /// <summary>Cancelled when the caller's connection is gone.</summary>
    public CancellationToken Aborted
    {
        get
        {
            _aborted ??= new();
            if (_gone)
            {
                _aborted.Cancel();
            }

            return _aborted.Token;
        }
    }

    private LineBuffer Out => (_gaveUp ? null : _replies!.Outbox?.Buffer) ?? (_nowhere ??= new());

    /// <summary>Answers with a result.</summary>
    public void Succeed<T>(T result, JsonTypeInfo<T> type)
    {
        var line = BeginResult();
        using (var writer = new Utf8JsonWriter(line))
        {
            JsonSerializer.Serialize(writer, result, type);
        }

        EndResult();
    }

    /// <summary>Answers with an error.</summary>
    /// <param name="code">Which.</param>
    /// <param name="message">What is wrong and what to do; one line that tells the caller nothing it may not know.</param>
    /// <param name="member">The member of the parameters that is wrong.</param>
    /// <param name="retryAfter">When it makes sense to try again.</param>
    public void Fail(RpcErrorCode code, string message, string? member = null, TimeSpan? retryAfter = null)
    {
        Begin();
        RpcWriter.Error(Out, Id, code, Encoding.UTF8.GetBytes(message), member is null ? default : Encoding.UTF8.GetBytes(member), retryAfter);
        Finish();
    }

    /// <summary>Starts a result that is written as raw JSON; <see cref="EndResult"/> ends it.</summary>
    internal LineBuffer BeginResult()
    {
        Begin();
        RpcWriter.BeginResult(Out, Id);
        return Out;
    }

    internal void EndResult()
    {
        RpcWriter.EndResult(Out);
        Finish();
    }

    /// <summary>Starts a notification to the caller, ahead of the answer; its parameters are written as raw JSON.</summary>
    internal LineBuffer BeginNotification(ReadOnlySpan<byte> method)
    {
        _replyStart = Out.Length;
        RpcWriter.BeginNotification(Out, method);
        return Out;
    }

    /// <summary>Ends a notification; like an answer it waits for the records made before it, and is dropped when they were not written.</summary>
    internal void EndNotification()
    {
        RpcWriter.EndResult(Out);
        if (_replies!.MustHold)
        {
            _replies.Outbox?.Hold(_replyStart, 0, 0);
        }
    }

    /// <summary>Gives the caller a stream that goes on after the answer; null when it has one already. Answer first.</summary>
    internal ICallerPipe? OpenStream(ICallerStream stream) => _replies!.Attach(stream);

    /// <summary>Takes back an answer that its handler left half written.</summary>
    internal void TakeBackUnfinished()
    {
        if (_isWriting)
        {
            Out.Truncate(_replyStart);
            _isWriting = IsAnswered = false;
        }
    }

    internal void Start(IReplies replies, Caller caller, in RpcRequest request)
    {
        _replies = replies;
        _caller = caller;
        _request.Truncate(0);
        _request.Raw(request.IdToken);
        _idLength = _request.Length;
        _request.Raw(request.Params);
        IsAnswered = WaitsForPerson = false;
    }

    internal void Abort()
    {
        _gone = true;
        _aborted?.Cancel();
    }

    /// <summary>Answers a request whose handler is still at work, because the daemon stops; what the handler answers later is dropped.</summary>
    internal void GiveUp(string reason)
    {
        if (!IsAnswered)
        {
            Fail(RpcErrorCode.Unavailable, reason);
            _gaveUp = true;
            Abort();
        }
    }

    private void Begin()
    {
        if (IsAnswered && !_gaveUp)
        {
            throw new InvalidOperationException("a request is answered once");
        }

        _nowhere?.Truncate(0);
        _replyStart = Out.Length;
        _isWriting = IsAnswered = true;
    }

    private void Finish()
    {
        _isWriting = false;
        if (!_gaveUp && _replies!.MustHold)
        {
            _replies.Outbox?.Hold(_replyStart, RpcWriter.IdOffset, _idLength);
        }
    }
}
