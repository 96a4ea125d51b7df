using ClearanceDaemon.Core.External.Manifests;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.HandlersMode;

/// <summary>A program that is started for each request.</summary>
internal sealed class RequestRunner(Workshop workshop, Manifest manifest) : IHandlerRunner
{
    private readonly HashSet<RequestRun> _running = [];

    /// <summary>Runs that have their outcome and whose processes are not all gone.</summary>
    private int _leaving;

    public Task<HandlerOutcome> RunAsync(OrderedRequest request)
    {
        // Killed processes are gone in a moment; those that are not must not pile up.
        if (_running.Count >= manifest.Concurrency || _leaving >= manifest.Concurrency)
        {
            return Task.FromResult(HandlerOutcome.Failed(HandlerFault.Busy, $"{manifest.Name} already runs {manifest.Concurrency} times, its \"concurrency\"; try again"));
        }

        var run = new RequestRun(workshop, manifest, request) { Ended = OnEnded, Gone = () => _leaving-- };
        _running.Add(run);
        run.Start();
        return run.Outcome;
    }

    public void Retire(string why) => Kill(why);

    public void Kill(string why)
    {
        foreach (var run in _running.ToArray())
        {
            run.Kill(why);
        }
    }

    private void OnEnded(RequestRun run)
    {
        _leaving++;
        _running.Remove(run);
    }
}
