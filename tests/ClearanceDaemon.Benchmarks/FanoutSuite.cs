using System.Globalization;

namespace ClearanceDaemon.Benchmarks;

/// <summary>What one event to a thousand subscribers costs the daemon, alone and beside subscribers that never read.</summary>
internal sealed class FanoutSuite(BenchmarkOptions options, Subject subject, Figures figures)
{
    private const int Readers = 1000;
    private const int Stuck = 100;
    private const double NanosecondsPerMicrosecond = 1000;

    private int Events => options.Quick ? 20 : 200;

    public void Run()
    {
        if (subject.IsLimit)
        {
            return;
        }

        for (var round = 0; round < options.Rounds; round++)
        {
            figures.Try($"1 event to {Readers} subscribers, round {round + 1}", Measure);
        }
    }

    private void Measure()
    {
        using var server = Server.Start(subject, 1);
        using var crowd = new Crowd(server);
        crowd.Join(Readers);
        var alone = CostOf(server, crowd);

        // More than the daemon's buffer and the socket's together, so that they stand still from here on.
        crowd.JoinStuck(Stuck);
        crowd.FillStuck();
        var beside = CostOf(server, crowd);
        figures.Get($"1 event to {Readers} subscribers, CPU a subscriber", "µs", Goal.ValueAtMost(3)).Add(null, alone);
        figures.Get($"the same beside {Stuck} that never read", "µs", Goal.RatioAtMost(1.15)).Add(alone, beside);
    }

    private double CostOf(Server server, Crowd crowd)
    {
        crowd.Tell();
        var before = CpuNanoseconds(server.Pid);
        for (var i = 0; i < Events; i++)
        {
            crowd.Tell();
        }

        return (CpuNanoseconds(server.Pid) - before) / NanosecondsPerMicrosecond / Events / Readers;
    }

    /// <summary>proc(5), schedstat: nanoseconds on a CPU, summed over the threads there are.</summary>
    private static double CpuNanoseconds(int pid) => Directory.GetDirectories($"/proc/{pid}/task")
        .Sum(static task => double.Parse(File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture));
}
