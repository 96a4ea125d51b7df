namespace ClearanceDaemon.Benchmarks;

/// <summary>One run of everything asked for, in an order that puts the C limit beside each figure.</summary>
internal static class Benchmark
{
    private static volatile bool _interrupted;

    public static string Run(BenchmarkOptions options)
    {
        var tools = NativeTools.Build();
        var subject = Subject.Choose(options, tools);
        var figures = new Figures(withGoals: !options.Self);
        var started = DateTimeOffset.UtcNow;
        foreach (var suite in options.Only)
        {
            switch (suite)
            {
                case "load": new LoadSuite(options, tools, subject, figures).Run(); break;
                case "memory": new MemorySuite(options, tools, subject, figures).Run(); break;
                case "start": new StartSuite(options, tools, subject, figures).Run(); break;
                case "fanout": new FanoutSuite(options, subject, figures).Run(); break;
                case "handlers": new HandlersSuite(options, tools, subject, figures).Run(); break;
                case "hook": new HookSuite(options, tools, subject, figures).Run(); break;
                case "rules": new RulesSuite(options, tools, subject, figures).Run(); break;
            }
        }

        return Report.Write(options, subject, MachineFacts.Read(started), figures);
    }

    /// <summary>Servers and their directories are cleaned up on the way out, so an interrupt is an exception and not the end.</summary>
    public static void Interrupt() => _interrupted = true;

    public static void StopIfInterrupted()
    {
        if (_interrupted)
        {
            throw new OperationCanceledException();
        }
    }

    /// <summary>One line to stderr for who waits; stdout is the table's alone.</summary>
    public static void Progress(string what) => Console.Error.WriteLine($"… {what}");
}
