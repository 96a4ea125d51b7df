namespace ClearanceDaemon.Benchmarks;

/// <summary>An agent's day through the hook: what one call costs from start to end, and how many of them a person would have been asked about.</summary>
internal sealed class HookSuite(BenchmarkOptions options, NativeTools tools, Subject subject, Figures figures)
{
    private const int Calls = 200;

    public void Run()
    {
        if (subject.Cli is null)
        {
            return;
        }

        for (var round = 0; round < options.Rounds; round++)
        {
            figures.Try($"hook, round {round + 1}", Measure);
        }
    }

    private void Measure()
    {
        string Fixture(string name) => RepositoryRoot.File("tests", "ClearanceDaemon.Cli.Tests", "Hooks", "Fixtures", name);
        var day = File.ReadLines(Fixture("day.txt")).Where(static line => !line.StartsWith('#')).Select(static line => line.Split('\t')).ToList();
        using var limit = Server.StartLimit(tools);
        using var server = Server.Start(subject, 1);
        var lines = Path.Combine(server.Workspace.State, "calls");
        File.WriteAllLines(lines, day.Select(static call => call[1]));
        File.Copy(Fixture("day-rules.json"), Path.Combine(server.Workspace.Rules, "day.json"));
        tools.WholeRun([subject.Cli!, "rules", "reload"], server.Workspace, 1);
        var one = tools.WholeRun(tools.OnePing(limit), limit.Workspace, Calls);
        var value = tools.RunOnLines([subject.Cli!, "hook", "claude-code"], server.Workspace, lines, Calls);
        figures.Get("hook, start to end, median of 200 calls", "ms", Goal.ValueAtMost(8)).Add(one.Ms, value.Ms);
        figures.Get("hook, start to end, p99 of 200 calls", "ms", null).Add(one.P99, value.P99);
        figures.Get("hook, CPU a call", "ms", null).Add(one.CpuMs, value.CpuMs);
        figures.Get("hook, calls of the 200 that rules leave to a person", "", null).Add(null, day.Count(static call => call[0] is "ask" or "prompt"));
    }
}
