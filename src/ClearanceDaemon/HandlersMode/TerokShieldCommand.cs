using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.HandlersMode;

/// <summary>
/// The effect that is compiled in: carries a verdict about a container's connection to terok's firewall by running
/// <c>terok-shield allow|deny CONTAINER TARGET</c>. What it runs is fixed here; only the last three words come from the request.
/// </summary>
internal sealed class TerokShieldCommand(Workshop workshop)
{
    public const string Name = "terok-shield";

    private readonly HashSet<ShieldRun> _running = [];

    public Task<HandlerOutcome> RunAsync(OrderedRequest request)
    {
        if (ShieldWords.Of(request.Order.Params, out var problem) is not { } words)
        {
            return Failed(HandlerFault.Protocol, problem);
        }

        if (_running.Count >= HandlersLimits.Effects)
        {
            return Failed(HandlerFault.Busy, $"{_running.Count} of them run already; try again");
        }

        if (SearchPath.Find(Name) is not { } program)
        {
            return Failed(HandlerFault.Start, $"there is no program {Name} on the PATH of this process ({Environment.GetEnvironmentVariable("PATH")}); install it, or set PATH for the clearance-handlers service");
        }

        var run = new ShieldRun(workshop, request, new(Name, [program, words.Verb, words.Container, words.Target], HandlerEnvironment.Own(), "/") { Talks = false })
        {
            Ended = run => _running.Remove(run),
        };
        _running.Add(run);
        run.Start();
        return run.Outcome;
    }

    public void Kill(string why)
    {
        foreach (var run in _running.ToArray())
        {
            run.Kill(why);
        }
    }

    private static Task<HandlerOutcome> Failed(string why, string what) => Task.FromResult(HandlerOutcome.Failed(why, $"{Name}: {what}"));
}
