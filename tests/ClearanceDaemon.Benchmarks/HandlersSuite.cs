using System.Globalization;

namespace ClearanceDaemon.Benchmarks;

/// <summary>What a call of a program costs, and what asks cost while programs hang, die and fork; here the limit's place is taken by the same daemon with no handler at work.</summary>
internal sealed class HandlersSuite(BenchmarkOptions options, NativeTools tools, Subject subject, Figures figures)
{
    private const double Megabyte = 1024 * 1024;

    private int Calls => options.Quick ? 100 : 1000;

    public void Run()
    {
        if (subject.IsLimit)
        {
            return;
        }

        for (var round = 0; round < options.Rounds; round++)
        {
            var limitFirst = round % 2 == 0;
            figures.Try($"handlers, round {round + 1}", () => Measure(limitFirst));
        }
    }

    private void Measure(bool limitFirst)
    {
        using var quiet = Server.Start(subject, 1);
        using var busy = Server.Start(subject, 1);
        figures.Get("handlers process, not needed yet, PSS", "MB", null).Add(null, Beside(busy).Proportional / Megabyte);
        SampleHandlers.Write(busy.Workspace.Handlers);
        using var caller = new HandlerCaller(busy.Workspace.OperatorSocket);
        caller.AwaitMethod("kept.call");
        Add("call of a kept program (sh)", caller.Time("kept.call", Calls));
        Add("call of a program started for it (sh)", caller.Time("each.call", Calls / 4));

        using var zoo = new ZooKeeper(busy.Workspace.OperatorSocket);
        var asks = new Turns(options, tools, quiet, busy, figures.Noise, limitFirst).Take(Question.Ask, "-c", "1", "-k", "0");
        zoo.Stop();
        figures.Get("ask beside handlers that hang, die and fork, p50", "µs", Goal.RatioAtMost(1.25)).Add(asks.Limit.P50, asks.Value.P50);
        figures.Get("the same, p99", "µs", Goal.RatioAtMost(2)).Add(asks.Limit.P99, asks.Value.P99);
        figures.Get("calls of them meanwhile", "", null).Add(null, zoo.Calls);
    }

    private void Add(string what, double[] times)
    {
        Array.Sort(times);
        figures.Get($"{what}, p50", "µs", null).Add(null, times[times.Length / 2]);
        figures.Get($"{what}, p99", "µs", null).Add(null, times[times.Length * 99 / 100]);
    }

    /// <summary>The daemon's one child.</summary>
    private static MemoryUse Beside(Server server) =>
        MemoryUse.Of(int.Parse(File.ReadAllText($"/proc/{server.Pid}/task/{server.Pid}/children").Split(' ')[0], CultureInfo.InvariantCulture));
}
