namespace ClearanceDaemon.Benchmarks;

/// <summary>Puts the same load on two running servers, one after the other.</summary>
internal sealed class Turns(BenchmarkOptions options, NativeTools tools, Server limit, Server server, List<double> noise, bool limitFirst)
{
    private const double Quiet = 0.15;

    public Pair Take(Question question, params string[] arguments)
    {
        var first = limitFirst ? Load(limit, question, arguments) : null;
        var value = Load(server, question, arguments);
        return new Pair(first ?? Load(limit, question, arguments), value);
    }

    /// <summary>Where others kept the machine busy it is done again, and the quietest run counts.</summary>
    private LoadResult Load(Server target, Question question, string[] arguments)
    {
        LoadResult? quietest = null;
        for (var i = 0; i < options.Tries && !(quietest?.ForeignCpu <= Quiet); i++)
        {
            var result = tools.Load(target, question, options.Seconds, options.Warmup, arguments);
            quietest = result.ForeignCpu < quietest?.ForeignCpu || quietest is null ? result : quietest;
        }

        noise.Add(quietest!.ForeignCpu);
        return quietest;
    }
}
