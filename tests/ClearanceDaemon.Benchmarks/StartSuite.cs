namespace ClearanceDaemon.Benchmarks;

/// <summary>From nothing to the first verdict under socket activation, a whole `clearance ping`, and the sizes on disk.</summary>
internal sealed class StartSuite(BenchmarkOptions options, NativeTools tools, Subject subject, Figures figures)
{
    private const int Rules = 100;
    private const double Megabyte = 1024 * 1024;

    public void Run()
    {
        for (var round = 0; round < options.Rounds; round++)
        {
            figures.Try($"cold start, round {round + 1}", ColdStart);
            if (subject.Cli is not null)
            {
                figures.Try($"clearance ping, round {round + 1}", CommandLine);
            }
        }

        Size("size of clearanced", subject.Daemon, 7);
        Size("size of clearance", subject.Cli, 6);
    }

    private void ColdStart()
    {
        using var workspace = new Workspace(Rules);
        var answer = Question.Ask with { Expected = Question.LimitAnswer };
        var limit = tools.ColdStart([tools.Limit], workspace, workspace.LimitSocket, answer, options.Starts);
        var value = subject.IsLimit
            ? tools.ColdStart([tools.Limit], workspace, workspace.LimitSocket, answer, options.Starts)
            : tools.ColdStart([subject.Daemon], workspace, workspace.AskSocket, Question.Ask, options.Starts);
        figures.Get("cold start to the first verdict", "ms", Goal.RatioAtMost(12, 8, 4)).Add(limit.Ms, value.Ms);
        figures.Get("cold start, CPU", "ms", null).Add(limit.CpuMs, value.CpuMs);
        figures.Get("cold start, PSS after the verdict", "MB", null).Add(limit.PssKb / 1024, value.PssKb / 1024);
    }

    private void CommandLine()
    {
        using var limit = Server.StartLimit(tools);
        using var server = Server.Start(subject, Rules);
        var one = tools.WholeRun(tools.OnePing(limit), limit.Workspace, options.Runs);
        var value = tools.WholeRun([subject.Cli!, "ping"], server.Workspace, options.Runs);
        figures.Get("`clearance ping`, start to end", "ms", Goal.ValueAtMost(6)).Add(one.Ms, value.Ms);
    }

    private void Size(string name, string? file, double goal)
    {
        if (file is not null)
        {
            figures.Get(name, "MB", subject.Managed || subject.IsLimit ? null : Goal.ValueAtMost(goal))
                .Add(new FileInfo(tools.Limit).Length / Megabyte, new FileInfo(file).Length / Megabyte);
        }
    }
}
