using System.Text;
using ClearanceDaemon.Core.Rules.Matchers;

namespace ClearanceDaemon.Core.TerokShield;

/// <summary>
/// Reads the names in a report that end up in a rule's resource and on a command line: what could pass for an option there
/// is none of them.
/// </summary>
internal static class HostText
{
    /// <summary>A container's name or id; null when it is none.</summary>
    public static string? Container(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > ShieldLimits.ContainerBytes || text[0] == '-')
        {
            return null;
        }

        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter is not ((byte)'_' or (byte)'.' or (byte)'-'))
            {
                return null;
            }
        }

        return Encoding.ASCII.GetString(text);
    }

    /// <summary>A host name in lower case and without the root's dot; null when it is none.</summary>
    public static string? Host(ReadOnlySpan<byte> text)
    {
        text = text.EndsWith("."u8) ? text[..^1] : text;
        return text.Length is > 0 and <= ShieldLimits.HostBytes && text[0] != '-' && HostName.IsValid(text)
            ? Encoding.ASCII.GetString(text).ToLowerInvariant()
            : null;
    }

    /// <summary>An IP address as it was written, or a host name; null when it is neither.</summary>
    public static string? Destination(ReadOnlySpan<byte> text) =>
        text.Length <= ShieldLimits.HostBytes && IpLiteral.TryParse(text, out _) ? Encoding.ASCII.GetString(text) : Host(text);
}
