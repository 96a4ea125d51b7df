using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>How much of ids a person needs to see.</summary>
internal static class ShortId
{
    private const int Fewest = 8;

    /// <summary>As many digits as tell these ids apart, and not fewer than eight.</summary>
    public static int Digits(IEnumerable<string> ids)
    {
        var sorted = ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var digits = Fewest;
        for (var i = 1; i < sorted.Length; i++)
        {
            digits = Math.Max(digits, sorted[i].AsSpan().CommonPrefixLength(sorted[i - 1]) + 1);
        }

        return Math.Min(digits, RequestId.Digits);
    }

    public static string Of(string id) => id.Length <= Fewest ? id : id[..Fewest];
}
