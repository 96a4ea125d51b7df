using ClearanceDaemon.Core.External.Manifests;
using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.HandlersMode;

/// <summary>One request from its arrival to its outcome, with the time it has. For the reactor's thread.</summary>
internal sealed class HandlerCall
{
    private readonly TaskCompletionSource<HandlerOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TurnTimer _timer;

    public HandlerCall(OrderedRequest request, long id, TurnTimers timers, TimeSpan deadline, Action<HandlerCall> late)
    {
        (Request, Id, Line) = (request, id, request.Line(id));
        _timer = timers.Schedule(deadline, () => late(this));
    }

    public OrderedRequest Request { get; }

    public long Id { get; }

    /// <summary>What the handler is sent, its LF included.</summary>
    public byte[] Line { get; }

    public Task<HandlerOutcome> Outcome => _outcome.Task;

    /// <summary>Takes an answer to this call; null, or what is wrong with it.</summary>
    public string? Take(AnswerLine answer, ReadOnlySpan<byte> line)
    {
        if (answer.Result is not null && !answer.Cites(Request.Digest))
        {
            return "has a result that does not cite the request's digest";
        }

        Complete(new() { Result = answer.Result, Error = answer.Error }, line);
        return null;
    }

    /// <param name="failure">Why there is no answer.</param>
    /// <param name="line">What came in place of one.</param>
    public void Fail(HandlerFailure failure, ReadOnlySpan<byte> line = default) => Complete(new() { Failure = failure }, line);

    private void Complete(HandlerOutcome outcome, ReadOnlySpan<byte> line)
    {
        _timer.Cancel();
        _outcome.TrySetResult(!Request.Order.IsTest ? outcome : outcome with
        {
            Sent = WireText.Of(Line.AsSpan(0, Line.Length - 1)),
            Received = line.IsEmpty ? null : WireText.Of(line[..Math.Min(line.Length, ManifestLimits.MostOutput)]),
        });
    }
}
