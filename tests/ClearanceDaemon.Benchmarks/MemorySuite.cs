namespace ClearanceDaemon.Benchmarks;

/// <summary>Memory at rest, and what an idle connection that has asked once adds to it; a fresh server every round.</summary>
internal sealed class MemorySuite(BenchmarkOptions options, NativeTools tools, Subject subject, Figures figures)
{
    private const int Rules = 100;
    private const int Connections = 2000;
    private const double Megabyte = 1024 * 1024;

    public void Run()
    {
        for (var round = 0; round < options.Rounds; round++)
        {
            figures.Try($"memory, round {round + 1}", Measure);
        }
    }

    private void Measure()
    {
        using var limit = Server.StartLimit(tools);
        using var server = Server.Start(subject, Rules);
        var (limitRest, rest) = (limit.Memory(), server.Memory());
        // PSS shares what several .NET processes map; this program is one, so a managed daemon looks smaller than it is alone.
        figures.Get("idle memory, PSS", "MB", Goal.ValueAtMost(12, 9, 5))
            .Add(limitRest.Proportional / Megabyte, rest.Proportional / Megabyte);
        figures.Get("idle memory, RSS", "MB", null).Add(limitRest.Resident / Megabyte, rest.Resident / Megabyte);
        figures.Get("idle memory, private dirty", "MB", null).Add(limitRest.PrivateDirty / Megabyte, rest.PrivateDirty / Megabyte);
        figures.Get("threads", "", null).Add(limitRest.Threads, rest.Threads);
        figures.Get("memory per idle connection (PSS over 2000)", "B", Goal.ValueAtMost(subject.Managed ? 2048 : 512))
            .Add(Growth(limit), Growth(server));
    }

    private double Growth(Server server)
    {
        tools.Load(server, Question.Ask, 0.2, 0.1, "-c", "16"); // so that only connections are new between the two readings
        var before = server.Memory().Proportional;
        double growth = 0;
        tools.HoldIdle(server, Question.Ask, Connections, () => growth = server.Memory().Proportional - before);
        return growth / Connections;
    }
}
