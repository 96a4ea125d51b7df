namespace ClearanceDaemon.Cli.Tests.Hooks;

/// <summary>The recorded payloads beside these tests, each with what is to be asked.</summary>
internal static class HookFixture
{
    public static string Directory { get; } = Path.Combine(Root(), "tests", "ClearanceDaemon.Cli.Tests", "Hooks", "Fixtures");

    public static IEnumerable<TheoryDataRow<string, string, string[]>> All() =>
        from host in (string[])["claude-code", "codex"]
        from block in File.ReadAllText(Path.Combine(Directory, host + ".txt")).Split("\n\n")
        let lines = block.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        where !lines[0].StartsWith('#')
        select new TheoryDataRow<string, string, string[]>(host, lines[0], lines[1..]);

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "ClearanceDaemon.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("no ClearanceDaemon.sln above the tests");
        }

        return directory.FullName;
    }
}
