namespace ClearanceDaemon.Benchmarks;

/// <summary>The figures of a run, in the order they were first named; the C limit itself owes no goals.</summary>
internal sealed class Figures(bool withGoals)
{
    private readonly List<Figure> _all = [];

    public IReadOnlyList<Figure> All => _all;

    /// <summary>How many CPUs others kept busy, for every load that counts.</summary>
    public List<double> Noise { get; } = [];

    public Figure Get(string name, string unit, Goal? goal)
    {
        var figure = _all.Find(f => f.Name == name && f.Unit == unit);
        if (figure is null)
        {
            figure = new Figure(name, unit, withGoals ? goal : null);
            _all.Add(figure);
        }

        return figure;
    }

    /// <summary>A figure that cannot be had is a line of the table, not the end of the run.</summary>
    public void Try(string name, Action measure)
    {
        Benchmark.StopIfInterrupted();
        try
        {
            Benchmark.Progress(name);
            measure();
        }
        catch (BenchmarkException e)
        {
            Benchmark.Progress($"{name}: {e.Message}");
            Get(name, "", null).Failure = e.Message;
        }
    }
}
