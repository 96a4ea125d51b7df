using System.Text;
using System.Text.Json;

namespace ClearanceDaemon.Core.Documents;

/// <summary>
/// Reads one value with everything in it. Duplicate members, lone surrogates and U+0000 become problems of the file;
/// broken JSON is a <see cref="JsonException"/>.
/// </summary>
internal static class DocumentJsonReader
{
    /// <param name="reader">Stands on the first token of the value, and at the end on the last.</param>
    /// <param name="text">The file being read.</param>
    public static DocumentJson Read(ref Utf8JsonReader reader, DocumentText text)
    {
        var start = (int)reader.TokenStartIndex;
        var value = reader.TokenType switch
        {
            JsonTokenType.StartObject => new DocumentJson { Kind = JsonTokenType.StartObject, Start = start, Members = ReadMembers(ref reader, text) },
            JsonTokenType.StartArray => new DocumentJson { Kind = JsonTokenType.StartArray, Start = start, Items = ReadItems(ref reader, text) },
            JsonTokenType.String => new DocumentJson { Kind = JsonTokenType.String, Start = start, Text = ReadString(ref reader, text) },
            var kind => new DocumentJson { Kind = kind, Start = start, Text = Encoding.ASCII.GetString(reader.ValueSpan) },
        };
        value.End = (int)reader.BytesConsumed;
        return value;
    }

    /// <summary>The string or member name the reader stands on.</summary>
    public static string ReadString(ref Utf8JsonReader reader, DocumentText text)
    {
        string value;
        try
        {
            value = reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            text.Problem((int)reader.TokenStartIndex, "half of a surrogate pair (\\ud800 to \\udfff) is not a character; write both halves or the character itself");
            return "";
        }

        if (value.Contains('\0', StringComparison.Ordinal))
        {
            text.Problem((int)reader.TokenStartIndex, "\\u0000 is not allowed: nothing that this file speaks of can contain it");
        }

        return value;
    }

    /// <summary>Reports a member that its object already has.</summary>
    public static void CheckDuplicate(HashSet<string> names, string name, int start, DocumentText text)
    {
        if (!names.Add(name))
        {
            text.Problem(start, $"\"{name}\" is written twice in one object; keep one of them");
        }
    }

    private static List<DocumentJsonMember> ReadMembers(ref Utf8JsonReader reader, DocumentText text)
    {
        var members = new List<DocumentJsonMember>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var name = ReadString(ref reader, text);
            CheckDuplicate(names, name, start, text);
            reader.Read();
            members.Add(new(name, start, Read(ref reader, text)));
        }

        return members;
    }

    private static List<DocumentJson> ReadItems(ref Utf8JsonReader reader, DocumentText text)
    {
        var items = new List<DocumentJson>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Read(ref reader, text));
        }

        return items;
    }
}
