using System.Globalization;
using System.Text.Json;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>Values as they are shown: such that one cannot pass for another.</summary>
internal static class DetailValue
{
    /// <summary>A member of details. A string that reads like a number or a truth value stands in quotes.</summary>
    public static string Of(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return value.GetRawText();
        }

        try
        {
            var text = value.GetString()!;
            return text is "true" or "false" or "null" || decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? $"\"{text}\"" : Of(text);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, which only a hostile daemon sends: its escapes are shown.
            return value.GetRawText();
        }
    }

    /// <summary>A text. Empty, or with blanks at an end that would not be seen, it stands in quotes; so does one that has quotes itself.</summary>
    public static string Of(string text) =>
        text.Length == 0 || text[0] == '"' || char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]) ? $"\"{text}\"" : text;
}
