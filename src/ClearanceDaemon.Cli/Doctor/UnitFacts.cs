namespace ClearanceDaemon.Cli.Doctor;

/// <summary>What <c>systemctl show</c> prints of one unit: lines of NAME=VALUE.</summary>
internal sealed class UnitFacts
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public string Id => this["Id"];

    public bool IsFound => this["LoadState"] is not ("not-found" or "");

    /// <summary>A property's value; empty where there is none.</summary>
    public string this[string name] => _values.GetValueOrDefault(name, "");

    /// <summary>The units in the order they were asked for; a blank line stands between two.</summary>
    public static List<UnitFacts> Parse(string text)
    {
        var units = new List<UnitFacts>();
        UnitFacts? unit = null;
        foreach (var line in text.Split('\n'))
        {
            if (line.Length == 0)
            {
                unit = null;
            }
            else if (line.IndexOf('=', StringComparison.Ordinal) is var at and > 0)
            {
                if (unit is null)
                {
                    units.Add(unit = new UnitFacts());
                }

                unit._values[line[..at]] = line[(at + 1)..];
            }
        }

        return units;
    }
}
