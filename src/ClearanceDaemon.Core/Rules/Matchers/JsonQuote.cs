using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Rules.Matchers;

/// <summary>Writes strings as a rule file would, for descriptions.</summary>
internal static class JsonQuote
{
    public static string Of(ReadOnlySpan<byte> utf8)
    {
        var buffer = new LineBuffer();
        buffer.String(utf8);
        return Encoding.UTF8.GetString(buffer.Written);
    }

    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));
}
