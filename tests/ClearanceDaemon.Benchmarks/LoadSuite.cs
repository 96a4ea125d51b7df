namespace ClearanceDaemon.Benchmarks;

/// <summary>Warm speed: round trips, throughput and connection cycles, limit and daemon taking turns in every round.</summary>
internal sealed class LoadSuite(BenchmarkOptions options, NativeTools tools, Subject subject, Figures figures)
{
    private const int Rules = 100;

    public void Run()
    {
        for (var round = 0; round < options.Rounds; round++)
        {
            using var limit = Server.StartLimit(tools);
            using var server = Server.Start(subject, Rules);
            // Every other round the daemon goes first: a drift of the machine is not for one side alone.
            var turns = new Turns(options, tools, limit, server, figures.Noise, limitFirst: round % 2 == 0);
            foreach (var question in new[] { Question.Ping, Question.Ask })
            {
                Measure(round, turns, question, "one core", OneCore, "-k", "0");
                Measure(round, turns, question, "16×1", Parallel, "-c", "16");
                Measure(round, turns, question, "4×32", Pipelined, "-c", "4", "-p", "32");
                Measure(round, turns, question, "cycle, 1 caller", Cycle, "-m", "connect");
                Measure(round, turns, question, "cycle, 4 callers", CycleOfFour, "-m", "connect", "-t", "4");
            }
            figures.Try($"audit, round {round + 1}", () => AuditSize(server));
        }
    }

    private void AuditSize(Server server)
    {
        var before = server.Workspace.StateBytes();
        var answered = tools.Load(server, Question.Ask, seconds: 0.2, warmup: 0).Answered;
        figures.Get("ask, audit written", "B", null).Add(null, (double)(server.Workspace.StateBytes() - before) / answered);
    }

    private void Measure(
        int round, Turns turns, Question question, string shape, Action<Question, Pair> record, params string[] arguments) =>
        figures.Try($"{question.Name}, {shape}, round {round + 1}", () => record(question, turns.Take(question, arguments)));

    private void OneCore(Question question, Pair pair)
    {
        Add(question, "one core, p50", "µs", pair, r => r.P50, Goal.RatioAtMost(IsPing(question) ? 1.25 : 2.0));
        Add(question, "one core, p99", "µs", pair, r => r.P99, null);
    }

    private void Parallel(Question question, Pair pair)
    {
        Add(question, "16×1, CPU a request", "µs", pair, r => r.CpuUs, Goal.RatioAtMost(IsPing(question) ? 1.5 : 3));
        Add(question, "16×1, throughput", "krps", pair, r => r.Rps / 1000, Goal.RatioAtLeast(IsPing(question) ? 0.7 : 0.4));
        Add(question, "16×1, p50", "µs", pair, r => r.P50, null);
        Add(question, "16×1, p99", "µs", pair, r => r.P99, Goal.RatioAtMost(1.6));
    }

    private void Pipelined(Question question, Pair pair)
    {
        Add(question, "4×32, throughput", "krps", pair, r => r.Rps / 1000, Goal.RatioAtLeast(IsPing(question) ? 0.5 : 0.2));
        Add(question, "4×32, CPU a request", "µs", pair, r => r.CpuUs, null);
        Add(question, "4×32, p99", "µs", pair, r => r.P99, null);
    }

    private void Cycle(Question question, Pair pair) =>
        Add(question, "connect + authenticate + request + close, p50", "µs", pair, r => r.P50, Goal.RatioAtMost(1.2));

    private void CycleOfFour(Question question, Pair pair) =>
        Add(question, "the same with 4 callers", "k/s", pair, r => r.Rps / 1000, Goal.RatioAtLeast(0.85));

    private void Add(Question question, string what, string unit, Pair pair, Func<LoadResult, double> pick, Goal? goal) =>
        figures.Get($"{question.Name}, {what}", unit, goal).Add(pick(pair.Limit), pick(pair.Value));

    private static bool IsPing(Question question) => question == Question.Ping;
}
