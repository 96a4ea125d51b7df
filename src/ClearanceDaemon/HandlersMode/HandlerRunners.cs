using ClearanceDaemon.Core.External.Manifests;
using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.HandlersMode;

/// <summary>Gives each order to the program it is for. An order names a manifest, never a command: what runs is what the manifests say.</summary>
internal sealed class HandlerRunners(Workshop workshop, ManifestShelf shelf)
{
    private readonly Dictionary<(string Name, string Sha256), IHandlerRunner> _runners = [];
    private readonly TerokShieldCommand _shield = new(workshop);
    private string? _stopping;

    public async Task<HandlerOutcome> RunAsync(Order order)
    {
        if (OrderedRequest.Of(order, out var problem) is not { } request)
        {
            return HandlerOutcome.Failed(HandlerFault.Protocol, $"{order.Handler}: {problem}");
        }

        if (_stopping is null && order is { Handler: TerokShieldCommand.Name, Manifest: "", Kind: OrderKind.Effect })
        {
            return await _shield.RunAsync(request);
        }

        if (!_runners.TryGetValue((order.Handler, order.Manifest), out var runner) && _stopping is null)
        {
            (var manifest, problem) = await shelf.FindAsync(order.Handler, order.Manifest);
            if (manifest is null)
            {
                return HandlerOutcome.Failed(HandlerFault.Unavailable, problem);
            }

            runner = RunnerOf(manifest);
        }

        return _stopping is null ? await runner!.RunAsync(request) : HandlerOutcome.Failed(HandlerFault.Unavailable, $"{order.Handler}: {_stopping}");
    }

    /// <summary>Retires every runner that is not named with its hash.</summary>
    public void Keep(Dictionary<string, string> handlers)
    {
        // Removing does not disturb the walk.
        foreach (var (key, runner) in _runners)
        {
            if (!handlers.TryGetValue(key.Name, out var sha256) || sha256 != key.Sha256)
            {
                _runners.Remove(key);
                runner.Retire("was ended: it was switched off, or its manifest changed");
            }
        }
    }

    /// <summary>Nobody is there any more who could hear an answer.</summary>
    public void RetireAll()
    {
        Keep([]);
        _shield.Kill("was ended, because the daemon is gone");
    }

    /// <summary>Kills everything, and starts nothing from here on.</summary>
    public void Stop()
    {
        _stopping = "the handlers process is stopping; try again";
        foreach (var runner in _runners.Values)
        {
            runner.Kill("was ended, because the handlers process is stopping");
        }

        _runners.Clear();
        _shield.Kill("was ended, because the handlers process is stopping");
    }

    // Two orders may have waited for one reading.
    private IHandlerRunner RunnerOf(Manifest manifest)
    {
        var key = (manifest.Name, manifest.Sha256);
        if (!_runners.TryGetValue(key, out var runner))
        {
            runner = manifest.Mode == ManifestMode.Kept ? new KeptRunner(workshop, manifest) : new RequestRunner(workshop, manifest);
            _runners.Add(key, runner);
        }

        return runner;
    }
}
