namespace ClearanceDaemon.Benchmarks;

/// <summary>What an ask costs beside 100 000 rules; here the limit's place is taken by the same daemon with one rule.</summary>
internal sealed class RulesSuite(BenchmarkOptions options, NativeTools tools, Subject subject, Figures figures)
{
    private const int Many = 100_000;
    private const double Megabyte = 1024 * 1024;

    public void Run()
    {
        for (var round = 0; round < options.Rounds; round++)
        {
            var limitFirst = round % 2 == 0;
            figures.Try($"1 and {Many} rules, round {round + 1}", () => Measure(limitFirst));
        }
    }

    private void Measure(bool limitFirst)
    {
        using var one = Server.Start(subject, 1);
        using var many = Server.Start(subject, Many);
        var turns = new Turns(options, tools, one, many, figures.Noise, limitFirst);
        var alone = turns.Take(Question.Ask, "-k", "0");
        figures.Get("ask, 1 → 100 000 rules, one core, p50", "µs", Goal.RatioAtMost(1.3)).Add(alone.Limit.P50, alone.Value.P50);
        var busy = turns.Take(Question.Ask, "-c", "16");
        figures.Get("ask, 1 → 100 000 rules, 16×1, CPU a request", "µs", Goal.RatioAtMost(1.3)).Add(busy.Limit.CpuUs, busy.Value.CpuUs);
        figures.Get("memory with 1 → 100 000 rules, PSS", "MB", null)
            .Add(one.Memory().Proportional / Megabyte, many.Memory().Proportional / Megabyte);
    }
}
