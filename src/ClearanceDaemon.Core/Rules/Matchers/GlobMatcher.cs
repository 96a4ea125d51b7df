using System.Text;

namespace ClearanceDaemon.Core.Rules.Matchers;

/// <summary>
/// Matches a pattern in which <c>*</c> stands for any run of bytes, also none, without <c>/</c> and <c>:</c>. Everything
/// else, <c>?</c> and <c>[</c> too, stands for itself; <c>\*</c> and <c>\\</c> are a star and a backslash.
/// </summary>
internal sealed class GlobMatcher : ValueMatcher
{
    private readonly string _pattern;
    private readonly byte[][] _parts;

    private GlobMatcher(string pattern, byte[][] parts)
    {
        _pattern = pattern;
        _parts = parts;
    }

    /// <summary>The pattern that matches <paramref name="literal"/> and nothing else.</summary>
    public static string Escape(string literal) =>
        literal.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("*", @"\*", StringComparison.Ordinal);

    /// <summary>Null, and in <paramref name="problem"/> why, when the pattern breaks a rule of patterns.</summary>
    public static GlobMatcher? Create(string pattern, out string? problem)
    {
        problem = null;
        var parts = Encoding.UTF8.GetByteCount(pattern) > RuleLimits.GlobBytes ? null : Split(pattern);
        if (parts is null)
        {
            problem = $"a glob is at most {RuleLimits.GlobBytes} bytes, and a backslash in it is written \\\\ (a literal star \\*)";
        }
        else if (parts.Length - 1 > RuleLimits.GlobStars)
        {
            problem = $"a glob has at most {RuleLimits.GlobStars} stars, this one {parts.Length - 1}";
        }
        else if (pattern.Contains("**", StringComparison.Ordinal) && HasEmptyMiddle(parts))
        {
            problem = "two stars in a row mean no more than one in a glob; write one (it never crosses / or :)";
        }

        return problem is null ? new(pattern, parts!) : null;
    }

    public override bool Matches(ReadOnlySpan<byte> value)
    {
        var first = _parts[0];
        if (_parts.Length == 1)
        {
            return value.SequenceEqual(first);
        }

        if (!value.StartsWith(first))
        {
            return false;
        }

        // The leftmost place of each part is enough: a star that could reach a later place could have been stretched
        // over the same bytes by the next star, and a part that holds a separator has one possible place only.
        var rest = value[first.Length..];
        for (var i = 1; i < _parts.Length - 1; i++)
        {
            var at = rest.IndexOf(_parts[i]);
            if (at < 0 || Crosses(rest[..at]))
            {
                return false;
            }

            rest = rest[(at + _parts[i].Length)..];
        }

        var last = _parts[^1];
        return rest.EndsWith(last) && !Crosses(rest[..^last.Length]);
    }

    public override string Describe() => "{\"glob\":" + JsonQuote.Of(_pattern) + "}";

    private static bool Crosses(ReadOnlySpan<byte> star) => star.IndexOfAny((byte)'/', (byte)':') >= 0;

    private static bool HasEmptyMiddle(byte[][] parts) => parts.Length > 2 && parts.Skip(1).SkipLast(1).Any(static part => part.Length == 0);

    private static byte[][]? Split(string pattern)
    {
        var parts = new List<byte[]>();
        var part = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*')
            {
                parts.Add(Encoding.UTF8.GetBytes(part.ToString()));
                part.Clear();
                continue;
            }

            if (pattern[i] == '\\' && (++i == pattern.Length || pattern[i] is not ('*' or '\\')))
            {
                return null;
            }

            part.Append(pattern[i]);
        }

        parts.Add(Encoding.UTF8.GetBytes(part.ToString()));
        return [.. parts];
    }
}
