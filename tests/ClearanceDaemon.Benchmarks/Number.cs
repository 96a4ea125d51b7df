using System.Globalization;

namespace ClearanceDaemon.Benchmarks;

/// <summary>How figures are averaged and written.</summary>
internal static class Number
{
    public static string Short(double value)
    {
        var digits = Math.Abs(value) switch { >= 1000 => "F0", >= 100 => "F0", >= 10 => "0.#", _ => "0.##" };
        return value.ToString(digits, CultureInfo.InvariantCulture);
    }

    public static string Ratio(double value) => value.ToString(Math.Abs(value) >= 10 ? "F1" : "F2", CultureInfo.InvariantCulture);

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
