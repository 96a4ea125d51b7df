using ClearanceDaemon.Core.External.Manifests;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.HandlersMode;

/// <summary>A program that is started for each request.</summary>
internal sealed class RequestRunner(Workshop workshop, Manifest manifest) : IHandlerRunner
{
    private readonly HashSet<RequestRun> _running = [];

    /// <summary>Requests that wait until something of earlier ones is gone; they are told why when it comes to nothing.</summary>
    private readonly Queue<TaskCompletionSource<string?>> _waiting = new();

    /// <summary>Runs that have their outcome and whose processes are not all gone.</summary>
    private int _leaving;

    public async Task<HandlerOutcome> RunAsync(OrderedRequest request)
    {
        if (_running.Count + _waiting.Count >= manifest.Concurrency)
        {
            return HandlerOutcome.Failed(HandlerFault.Busy, $"{manifest.Name} already runs {manifest.Concurrency} times, its \"concurrency\"; try again");
        }

        // Killed processes are gone in a moment; those that are not must not pile up.
        if (_leaving >= manifest.Concurrency && await WaitAsync() is { } why)
        {
            return HandlerOutcome.Failed(HandlerFault.Unavailable, $"{manifest.Name} {why}");
        }

        var run = new RequestRun(workshop, manifest, request) { Ended = OnEnded, Gone = OnGone };
        _running.Add(run);
        run.Start();
        return await run.Outcome;
    }

    public void Retire(string why) => Kill(why);

    public void Kill(string why)
    {
        while (_waiting.TryDequeue(out var next))
        {
            next.SetResult(why);
        }

        foreach (var run in _running.ToArray())
        {
            run.Kill(why);
        }
    }

    private Task<string?> WaitAsync()
    {
        var place = new TaskCompletionSource<string?>();
        _waiting.Enqueue(place);
        return place.Task;
    }

    private void OnGone()
    {
        _leaving--;
        if (_waiting.TryDequeue(out var next))
        {
            next.SetResult(null);
        }
    }

    private void OnEnded(RequestRun run)
    {
        _leaving++;
        _running.Remove(run);
    }
}
