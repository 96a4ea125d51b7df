namespace ClearanceDaemon.Benchmarks;

/// <summary>Puts the same load on two running servers, one after the other.</summary>
internal sealed class Turns(BenchmarkOptions options, NativeTools tools, Server limit, Server server, bool limitFirst)
{
    public Pair Take(Question question, params string[] arguments)
    {
        var first = limitFirst ? Load(limit, question, arguments) : null;
        var before = server.Workspace.StateBytes();
        var value = Load(server, question, arguments);
        var written = server.Workspace.StateBytes() - before;
        // The warm-up writes too, at the same rate.
        var answered = value.Requests * (options.Seconds + options.Warmup) / options.Seconds;
        return new Pair(first ?? Load(limit, question, arguments), value, written, answered);
    }

    private LoadResult Load(Server target, Question question, string[] arguments) =>
        tools.Load(target, question, options.Seconds, options.Warmup, arguments);
}
