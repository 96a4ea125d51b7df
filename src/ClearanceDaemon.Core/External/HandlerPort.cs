using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.External;

/// <summary>
/// The way to one handler's program: no more requests at a time than it takes, none while it rests after failures, and
/// counts of what became of them. For the reactor's thread.
/// </summary>
internal sealed class HandlerPort(HandlerTerms terms, HandlersLink? link, TimeProvider clock)
{
    /// <summary>Requests that wait for a place with one handler: more callers than this are told it is busy.</summary>
    public const int MostWaiting = 256;

    private static readonly TimeSpan BusyRetry = TimeSpan.FromSeconds(1);
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private readonly Breaker _breaker = new(clock);

    public HandlerTerms Terms => terms;

    public Breaker Breaker => _breaker;

    public int InFlight { get; private set; }

    public long Calls { get; private set; }

    public long Failures { get; private set; }

    /// <summary>When it is tried again, RFC 3339; null while nothing keeps it from being tried now.</summary>
    public string? RetryAt => _breaker.Rest is var rest && rest > TimeSpan.Zero ? Timestamp.Format((clock.GetUtcNow() + rest).ToUnixTimeMilliseconds()) : null;

    /// <summary>Told of each request, except tests, what kept it from being answered; null when nothing did.</summary>
    public Action<HandlerFailure?>? Answered { get; set; }

    /// <summary>Gives the handler one request.</summary>
    public async Task<HandlerAnswer> RunAsync(OrderKind kind, HandlerRequest request)
    {
        if (link is null)
        {
            return HandlerAnswer.Failed(HandlerFault.Unavailable, "this daemon was not told of a handlers process");
        }

        if (InFlight >= terms.Concurrency && !await WaitAsync())
        {
            return HandlerAnswer.Failed(HandlerFault.Busy, "it has too many requests to answer", BusyRetry);
        }

        InFlight++;
        try
        {
            return await SendAsync(link, kind, request);
        }
        finally
        {
            InFlight--;
            if (_waiting.TryDequeue(out var next))
            {
                next.SetResult();
            }
        }
    }

    private async Task<HandlerAnswer> SendAsync(HandlersLink way, OrderKind kind, HandlerRequest request)
    {
        // Only now: it may have failed again and again while this request waited for its place.
        if (!request.IsTest && _breaker.TryEnter() is { } rest)
        {
            return HandlerAnswer.Failed(HandlerFault.BackingOff, "it failed again and again and rests; see: clearance handlers list", rest);
        }

        Calls++;
        var answer = HandlerAnswer.Of(await way.RunAsync(new(terms.Name, terms.Manifest, kind, request.Params, request.IsTest), terms.Deadline), request.Digest);
        Count(answer, request.IsTest);
        return answer;
    }

    private void Count(HandlerAnswer answer, bool isTest)
    {
        Failures += answer.AnyFailure is null ? 0 : 1;
        if (isTest)
        {
            return;
        }

        if (answer.Failure is not { } failure)
        {
            _breaker.Succeeded();
        }
        else if (failure.Why is HandlerFault.Unavailable or HandlerFault.Busy || (failure.Why == HandlerFault.Exit && !terms.ExitCounts))
        {
            _breaker.Neither();
        }
        else
        {
            _breaker.Failed(failure);
        }

        Answered?.Invoke(answer.Failure);
    }

    private async Task<bool> WaitAsync()
    {
        if (_waiting.Count >= MostWaiting)
        {
            return false;
        }

        // A place is handed on, so nobody overtakes; the handler's deadline bounds how long each place is taken.
        var place = new TaskCompletionSource();
        _waiting.Enqueue(place);
        await place.Task;
        return true;
    }
}
