namespace ClearanceDaemon.Core.Tests.External.Manifests;

/// <summary>clearance-handlers(5), cut into what a reader would copy.</summary>
internal static class ManualPage
{
    public static readonly string Text = File.ReadAllText(Packaging.File("man", "clearance-handlers.5"));

    /// <summary>The examples, each as its lines.</summary>
    public static readonly IReadOnlyList<string[]> Examples = [.. ReadExamples()];

    /// <summary>The protocol's lines, each in one piece as it goes over the wire.</summary>
    public static readonly IReadOnlyList<string> Lines =
        [.. Examples.Select(static example => string.Concat(example.Select(static line => line.Trim()))).Where(static line => line.StartsWith("{\"jsonrpc\"", StringComparison.Ordinal))];

    private static IEnumerable<string[]> ReadExamples()
    {
        var rest = Text.Split('\n');
        while (Array.IndexOf(rest, ".Bd -literal -offset indent") is >= 0 and var start)
        {
            var end = Array.IndexOf(rest, ".Ed", start);
            yield return rest[(start + 1)..end];
            rest = rest[(end + 1)..];
        }
    }
}
