namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>The recorded day of an agent: its calls, and what each gets under its twelve rules with nobody there.</summary>
internal static class AgentsDay
{
    private static string Fixtures { get; } = Path.Combine(Repository.Root, "tests", "ClearanceDaemon.Cli.Tests", "Hooks", "Fixtures");

    public static string Rules => File.ReadAllText(Path.Combine(Fixtures, "day-rules.json"));

    public static List<(string Expected, string Call)> Calls() =>
        [.. File.ReadLines(Path.Combine(Fixtures, "day.txt")).Where(static line => !line.StartsWith('#')).Select(static line => line.Split('\t')).Select(static parts => (parts[0], parts[1]))];
}
