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
    private bool _isHandingOn;

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

        if (!request.IsTest && _breaker.Rest is var left && left > TimeSpan.Zero)
        {
            return Resting(left);
        }

        if (!await EnterAsync())
        {
            return HandlerAnswer.Failed(HandlerFault.Busy, "it has too many requests to answer", BusyRetry);
        }

        try
        {
            return await SendAsync(link, kind, request);
        }
        finally
        {
            Leave();
        }
    }

    private async Task<HandlerAnswer> SendAsync(HandlersLink to, OrderKind kind, HandlerRequest request)
    {
        // Only now that it has its place: those before it in the queue may have failed.
        if (!request.IsTest && _breaker.TryEnter() is { } rest)
        {
            return Resting(rest);
        }

        Calls += request.IsTest ? 0 : 1;
        var answer = HandlerAnswer.Of(await to.RunAsync(new(terms.Name, terms.Manifest, kind, request.Params, request.IsTest), terms.Deadline), request.Digest);
        if (!request.IsTest)
        {
            Count(answer);
        }

        return answer;
    }

    private static HandlerAnswer Resting(TimeSpan rest) =>
        HandlerAnswer.Failed(HandlerFault.BackingOff, "it failed again and again and rests; see: clearance handlers list", rest);

    private void Count(HandlerAnswer answer)
    {
        Failures += answer.AnyFailure is null ? 0 : 1;
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

    /// <summary>Takes a place, in the order of coming; false when too many wait for one.</summary>
    private async Task<bool> EnterAsync()
    {
        if (InFlight < terms.Concurrency)
        {
            InFlight++;
            return true;
        }

        if (_waiting.Count >= MostWaiting)
        {
            return false;
        }

        // The handler's deadline bounds how long each place is taken.
        var place = new TaskCompletionSource();
        _waiting.Enqueue(place);
        await place.Task;
        return true;
    }

    // A place is handed on as it is, so nobody overtakes. Who gives it back at once, because the handler rests by now, comes
    // back here from within the loop, which then goes on: however many wait, it does not go deeper.
    private void Leave()
    {
        InFlight--;
        if (_isHandingOn)
        {
            return;
        }

        _isHandingOn = true;
        while (InFlight < terms.Concurrency && _waiting.TryDequeue(out var next))
        {
            InFlight++;
            next.SetResult();
        }

        _isHandingOn = false;
    }
}
