using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>Reads an audit directory and recomputes its chain with the system's own SHA-256, not the daemon's.</summary>
internal static class AuditChain
{
    private static readonly string Zeros = new('0', 64);

    /// <summary>Every record in order; fails where a record does not continue the one before.</summary>
    public static IReadOnlyList<JsonElement> Read(string directory)
    {
        var records = new List<JsonElement>();
        var previous = Zeros;
        long sequence = 0;
        foreach (var file in Directory.EnumerateFiles(directory, "*.jsonl").Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(file);
            Assert.True(text.EndsWith('\n'), $"{file} ends in a torn line");
            foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                using var document = JsonDocument.Parse(line);
                var record = document.RootElement.Clone();
                Assert.Equal(previous, record.GetProperty("prev").GetString());
                Assert.True(sequence == 0 || record.GetProperty("seq").GetInt64() == sequence + 1, $"a gap in seq before {line}");
                sequence = record.GetProperty("seq").GetInt64();
                previous = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));
                records.Add(record);
            }
        }

        return records;
    }

    public static bool Mentions(this IEnumerable<JsonElement> records, string text) =>
        records.Any(record => record.GetRawText().Contains(text, StringComparison.Ordinal));
}
