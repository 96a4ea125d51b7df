using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ClearanceDaemon.Benchmarks;

/// <summary>What to measure, how long, and where the table goes.</summary>
internal sealed record BenchmarkOptions
{
    public const string Usage =
        """
        usage: ClearanceDaemon.Benchmarks [--quick] [--managed | --self] [--only NAME[,NAME]] [--rounds N] [--out FILE]
                                          [--daemon FILE] [--cli FILE]
          --quick     short runs, for a first look; not for figures one keeps
          --managed   measures artifacts/managed instead of the native artifacts/bin
          --self      measures the C limit against itself: what is left of 1.00 is this machine's noise
          --only      some of: load, memory, start, rules, fanout, handlers, hook
          --out FILE  also writes the table to FILE
        """;

    private static readonly string[] SuiteNames = ["load", "memory", "start", "rules", "fanout", "handlers", "hook"];

    public bool Quick { get; init; }
    public bool Managed { get; init; }
    public bool Self { get; init; }
    public int Rounds { get; init; } = 3;
    public string? OutputFile { get; init; }
    public string? DaemonFile { get; init; }
    public string? CliFile { get; init; }
    public string[] Only { get; init; } = SuiteNames;

    public double Seconds => Quick ? 0.4 : 2;
    public double Warmup => Quick ? 0.2 : 0.5;
    public int Tries => Quick ? 1 : 4;
    public int Starts => Quick ? 3 : 9;
    public int Runs => Quick ? 5 : 31;

    public static bool TryParse(
        string[] args, [NotNullWhen(true)] out BenchmarkOptions? options, [NotNullWhen(false)] out string? refusal)
    {
        options = null;
        var parsed = new BenchmarkOptions();
        for (var i = 0; i < args.Length; i++)
        {
            var next = i + 1 < args.Length ? args[i + 1] : null;
            var step = Apply(parsed, args[i], next, ref i);
            if (step is null)
            {
                refusal = $"{args[i]}: unknown option, or its value is missing or out of range";
                return false;
            }

            parsed = step;
        }

        refusal = parsed.Managed && parsed.Self ? "--managed and --self exclude each other" : null;
        options = parsed;
        return refusal is null;
    }

    private static BenchmarkOptions? Apply(BenchmarkOptions o, string flag, string? value, ref int position)
    {
        switch (flag)
        {
            case "--quick": return o with { Quick = true };
            case "--managed": return o with { Managed = true };
            case "--self": return o with { Self = true };
        }

        if (value is null)
        {
            return null;
        }

        BenchmarkOptions? next = flag switch
        {
            "--rounds" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and < 100
                => o with { Rounds = n },
            "--out" => o with { OutputFile = value },
            "--daemon" => o with { DaemonFile = value },
            "--cli" => o with { CliFile = value },
            "--only" when value.Split(',') is var names && Array.TrueForAll(names, n => SuiteNames.Contains(n))
                => o with { Only = names },
            _ => null,
        };
        position += next is null ? 0 : 1;
        return next;
    }
}
