using System.Globalization;
using System.Text;
using System.Text.Json;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Documents;

/// <summary>Reads the simple values of documents. What is not as it should be becomes a problem that says what is allowed, and a null.</summary>
internal sealed class DocumentValueReader(DocumentText text)
{
    /// <summary>Reports every member whose name is not among <paramref name="allowed"/>.</summary>
    public void CheckNames(DocumentJson json, string what, IReadOnlyList<string> allowed)
    {
        foreach (var member in json.Members)
        {
            if (!allowed.Contains(member.Name))
            {
                text.Problem(member.Start, $"{what} has no member \"{member.Name}\"; allowed here: {string.Join(", ", allowed)}");
            }
        }
    }

    /// <summary>Reports and returns false when the value is no object.</summary>
    public bool IsObject(DocumentJson json, string what)
    {
        if (!json.IsObject)
        {
            text.Problem(json.Start, $"{what} is an object: {{…}}");
        }

        return json.IsObject;
    }

    /// <summary>The version of a document, which is 1.</summary>
    public void Version(DocumentJson json)
    {
        if (json.Kind != JsonTokenType.Number || json.Text != "1")
        {
            text.Problem(json.Start, "version is 1: this program knows no other");
        }
    }

    /// <summary>A string that is not empty and at most <paramref name="maxBytes"/> of UTF-8.</summary>
    public string? String(DocumentJson json, string what, int maxBytes)
    {
        if (!json.IsString || json.Text.Length == 0 || Encoding.UTF8.GetByteCount(json.Text) > maxBytes)
        {
            text.Problem(json.Start, $"{what} is a string of 1 to {maxBytes} bytes");
            return null;
        }

        return json.Text;
    }

    /// <summary>An id, or a name that follows the same pattern.</summary>
    public string? Id(DocumentJson json, string what, int maxBytes)
    {
        var valid = json.IsString && json.Text.Length > 0 && json.Text.Length <= maxBytes &&
            json.Text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
        if (!valid)
        {
            text.Problem(json.Start, $"{what} is a string of 1 to {maxBytes} of the characters A-Z a-z 0-9 . _ -");
        }

        return valid ? json.Text : null;
    }

    public bool? Bool(DocumentJson json, string what)
    {
        if (json.Kind is JsonTokenType.True or JsonTokenType.False)
        {
            return json.Kind == JsonTokenType.True;
        }

        text.Problem(json.Start, $"{what} is true or false");
        return null;
    }

    public long? Integer(DocumentJson json, string what, long min, long max)
    {
        if (json.Kind == JsonTokenType.Number &&
            long.TryParse(json.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) &&
            number >= min && number <= max)
        {
            return number;
        }

        text.Problem(json.Start, $"{what} is a whole number from {min} to {max}");
        return null;
    }

    /// <summary>A duration longer than zero.</summary>
    public TimeSpan? Duration(DocumentJson json, string what)
    {
        if (json.IsString && Protocol.Duration.TryParse(json.Text, out var value) && value > TimeSpan.Zero)
        {
            return value;
        }

        text.Problem(json.Start, $"{what} is a duration such as \"90s\", \"5m\" or \"2h\": a whole number and one of ms s m h d, more than 0, at most {ProtocolLimits.DurationDays}d");
        return null;
    }

    /// <summary>The place of a string among <paramref name="names"/>.</summary>
    public int? Choice(DocumentJson json, string what, IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (json.IsString && json.Text == names[i])
            {
                return i;
            }
        }

        text.Problem(json.Start, $"{what} is one of {string.Join(", ", names.Select(static n => $"\"{n}\""))}");
        return null;
    }

    /// <summary>The elements of an array that may not be empty; nothing, and a problem, for everything else.</summary>
    public IReadOnlyList<DocumentJson> Items(DocumentJson json, string what)
    {
        if (!json.IsArray || json.Items.Count == 0)
        {
            text.Problem(json.Start, $"{what} is an array with at least one element");
            return [];
        }

        return json.Items;
    }
}
