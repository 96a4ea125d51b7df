namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>The first block of shell below a heading of a README: what a test runs is what people read.</summary>
internal static class Recipe
{
    private const int MostLines = 5;

    public static string Read(string heading, string readme = "README.md")
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, readme)).SkipWhile(line => line.TrimStart('#', ' ') != heading || !line.StartsWith('#')).ToArray();
        Assert.True(lines.Length > 0, $"{readme} has no heading \"{heading}\"");
        var block = lines.SkipWhile(static line => line != "```sh").Skip(1).TakeWhile(static line => line != "```").ToArray();
        Assert.InRange(block.Length, 1, MostLines);
        return string.Join('\n', block);
    }
}
