using System.Text;

namespace ClearanceDaemon.Benchmarks;

/// <summary>
/// Rule files for a measured ask: exact resources, host suffixes and globs in turn, all on the asked action or near it, and one rule
/// that allows <see cref="Question.Ask"/>.
/// </summary>
internal static class SampleRules
{
    private const int PerFile = 1000;
    private const string Deciding =
        """{"id":"github","action":"net.connect","resource":{"host":"*.github.com","port":443},"decision":"allow"}""";

    /// <summary>Above this, exact and suffix resources only: the cost of globs may grow, that of an index may not.</summary>
    private const int MixedUpTo = 100;

    public static void Write(string directory, int count)
    {
        for (var first = 0; first < count; first += PerFile)
        {
            var text = new StringBuilder("{ \"version\": 1, \"rules\": [\n");
            for (var i = first; i < Math.Min(first + PerFile, count); i++)
            {
                text.Append(i == first ? "  " : ",\n  ").Append(i == 0 ? Deciding : Other(i, count <= MixedUpTo));
            }

            File.WriteAllText(Path.Combine(directory, $"{first / PerFile:D3}-rules.json"), text.Append("\n] }\n").ToString());
        }
    }

    private static string Other(int i, bool mixed) => (mixed ? i % 4 : i % 2) switch
    {
        0 => $$"""{"id":"exact-{{i}}","action":"net.connect","resource":{"equals":"host{{i}}.example.com:443"},"decision":"allow"}""",
        1 => $$"""{"id":"suffix-{{i}}","action":"net.connect","resource":{"host":"*.domain{{i}}.example","port":443},"decision":"deny"}""",
        2 => $$"""{"id":"glob-{{i}}","action":"fs.read","resource":{"glob":"/srv/share{{i}}/*.txt"},"decision":"allow"}""",
        _ => $$"""{"id":"action-{{i}}","action":"deploy.target{{i}}","decision":"ask","whenNobody":"no_operator"}""",
    };
}
