namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>The shell commands of a document, to be run as they stand there.</summary>
internal static class ReadmeBlocks
{
    /// <summary>Every block of shell commands below a heading, in order.</summary>
    public static IReadOnlyList<string> Shell(string path, string heading)
    {
        var section = File.ReadAllText(path).Split($"\n## {heading}\n")[1].Split("\n## ")[0];
        return [.. section.Split("```sh\n").Skip(1).Select(static block => block.Split("\n```")[0])];
    }
}
