using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ClearanceDaemon.Cli.Hooks;

/// <summary>
/// Host and port of a URL. Only a URL that every reader takes apart alike has them: browsers mend much, and what they make of it is
/// not what a rule saw.
/// </summary>
internal static class FetchTarget
{
    private static readonly SearchValues<char> Strange = SearchValues.Create("\\\"<>^`{|} \t\r\n");
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");

    /// <returns><c>host:port</c>, the host in lower case.</returns>
    /// <exception cref="HookInputException">It is no plain http or https URL.</exception>
    public static string Of(string url)
    {
        var end = url.IndexOf("://", StringComparison.Ordinal);
        var port = (end < 0 ? "" : url[..end].ToLowerInvariant()) switch
        {
            "https" => 443,
            "http" => 80,
            _ => throw Refused("it is neither http nor https"),
        };
        if (url.AsSpan().ContainsAny(Strange) || url.AsSpan().ContainsAnyInRange('\0', '\x1f') || url.Contains('\x7f', StringComparison.Ordinal))
        {
            throw Refused("it has characters that no URL has");
        }

        var rest = url.AsSpan(end + 3);
        var authority = rest.IndexOfAny('/', '?', '#') is >= 0 and var length ? rest[..length] : rest;
        return Authority(authority[(authority.LastIndexOf('@') + 1)..], port);
    }

    private static string Authority(ReadOnlySpan<char> authority, int defaultPort)
    {
        var hostEnd = authority.StartsWith("[") ? authority.IndexOf(']') + 1 : authority.IndexOf(':') is >= 0 and var colon ? colon : authority.Length;
        var host = authority[..hostEnd].ToString().ToLowerInvariant();
        var port = Port(authority[hostEnd..], defaultPort);
        host = host.EndsWith('.') ? host[..^1] : host;
        return IsPlain(host) ? string.Create(CultureInfo.InvariantCulture, $"{host}:{port}") : throw Refused("its host is not written the plain way");
    }

    private static int Port(ReadOnlySpan<char> text, int defaultPort) => text switch
    {
        "" or ":" => defaultPort,
        [':', .. var digits] when ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port) => port,
        _ => throw Refused("its port is no port"),
    };

    private static bool IsPlain(string host)
    {
        if (host is ['[', .. var literal, ']'])
        {
            return !literal.Contains('%', StringComparison.Ordinal) && IPAddress.TryParse(literal, out var six) && six.AddressFamily == AddressFamily.InterNetworkV6;
        }

        if (host.Length == 0 || host.AsSpan().ContainsAnyExcept(HostCharacters) || host.Contains("..", StringComparison.Ordinal) || host[0] == '.')
        {
            return false;
        }

        // 127.1 and 0x7f000001 are addresses too, to those who fetch; only the usual four numbers are told as one.
        var last = host[(host.LastIndexOf('.') + 1)..];
        return !char.IsAsciiDigit(last[0]) || IsDottedQuad(host);
    }

    private static bool IsDottedQuad(string host)
    {
        var parts = host.Split('.');
        return parts.Length == 4 && Array.TrueForAll(parts, static part =>
            byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == part);
    }

    private static HookInputException Refused(string why) => new($"the URL cannot be asked about: {why}");
}
