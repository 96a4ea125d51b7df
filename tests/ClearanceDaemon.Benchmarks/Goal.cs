namespace ClearanceDaemon.Benchmarks;

/// <summary>
/// A bound on a figure, or on its ratio to the limit; where there are several, the first is owed and the others are next.
/// </summary>
internal sealed record Goal(bool AtMost, bool OfRatio, params double[] Bounds)
{
    public static Goal RatioAtMost(params double[] bounds) => new(true, true, bounds);

    public static Goal RatioAtLeast(params double[] bounds) => new(false, true, bounds);

    public static Goal ValueAtMost(params double[] bounds) => new(true, false, bounds);

    public bool IsMet(double value, int step) => AtMost ? value <= Bounds[step] : value >= Bounds[step];

    public string Describe()
    {
        var sign = AtMost ? "≤" : "≥";
        var unit = OfRatio ? "×" : "";
        return string.Join(", then ", Bounds.Select(b => $"{sign} {Number.Short(b)}{unit}"));
    }
}
