namespace ClearanceDaemon.Benchmarks;

/// <summary>One line of the table: a value per round, beside the limit's of the same round where there is one.</summary>
internal sealed class Figure(string name, string unit, Goal? goal)
{
    private readonly List<(double? Limit, double Value)> _rounds = [];

    public string Name => name;
    public string Unit => unit;
    public Goal? Goal => goal;
    public string? Failure { get; set; }

    public double? Limit => _rounds.TrueForAll(r => r.Limit is null) ? null : Number.Median(_rounds.Select(r => r.Limit).OfType<double>());
    public double Value => Number.Median(_rounds.Select(r => r.Value));
    public bool IsEmpty => _rounds.Count == 0;

    /// <summary>Empty when the limit has no such figure, or none above zero.</summary>
    public IReadOnlyList<double> Ratios =>
        [.. _rounds.Where(r => r.Limit is > 0).Select(r => r.Value / r.Limit!.Value)];

    public IReadOnlyList<double> Values => [.. _rounds.Select(r => r.Value)];

    public void Add(double? limit, double value) => _rounds.Add((limit, value));

    public string Verdict()
    {
        if (Failure is not null || goal is null || IsEmpty)
        {
            return Failure is not null ? "**not measured**" : "";
        }

        var values = goal.OfRatio ? Ratios : Values;
        if (values.Count == 0)
        {
            return "";
        }

        var median = Number.Median(values);
        var met = Enumerable.Range(0, goal.Bounds.Length).TakeWhile(step => goal.IsMet(median, step)).Count();
        if (met == 0)
        {
            return "**not met**";
        }

        var everyRound = values.All(v => goal.IsMet(v, met - 1));
        var steps = goal.Bounds.Length > 1 ? $" {met} of {goal.Bounds.Length}" : "";
        return $"met{steps}{(everyRound ? "" : ", not in every round")}";
    }
}
