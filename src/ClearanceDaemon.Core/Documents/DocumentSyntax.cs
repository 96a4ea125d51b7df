using System.Text.Json;

namespace ClearanceDaemon.Core.Documents;

/// <summary>
/// What every document is, whatever it says: strict JSON with <c>//</c> and <c>/* */</c> comments (not between a name and its colon), UTF-8
/// without a byte order mark, no comma before a closing bracket. Everything else becomes a problem with its place.
/// </summary>
internal static class DocumentSyntax
{
    /// <summary>How deep values nest in a document: keeps its reader off the stack's end.</summary>
    public const int Depth = 32;

    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, MaxDepth = Depth };

    /// <summary>Reads a document's members one at a time.</summary>
    /// <param name="reader">Stands before the first token.</param>
    public delegate void DocumentRead(Utf8JsonReader reader);

    /// <summary>Lets <paramref name="read"/> read it; what it finds to be no JSON becomes a problem.</summary>
    public static void Read(DocumentText text, DocumentRead read)
    {
        if (text.Bytes.AsSpan().StartsWith("\uFEFF"u8))
        {
            text.Problem(0, "the file starts with a byte order mark; save it as UTF-8 without one");
            return;
        }

        if (text.FirstInvalidByte() is { } invalid)
        {
            text.Problem(invalid, "this byte is not UTF-8; save the file as UTF-8");
            return;
        }

        try
        {
            read(new Utf8JsonReader(text.Bytes, Options));
        }
        catch (JsonException broken)
        {
            var start = text.LineStart((int)(broken.LineNumber ?? 0) + 1);
            text.Problem(start + (int)(broken.BytePositionInLine ?? 0), Describe(broken.Message));
        }
    }

    /// <summary>The whole document as one value; null, and a problem, when it is no JSON.</summary>
    public static DocumentJson? ReadWhole(DocumentText text)
    {
        DocumentJson? whole = null;
        Read(text, reader =>
        {
            reader.Read();
            var value = DocumentJsonReader.Read(ref reader, text);

            // Finds what stands after it.
            reader.Read();
            whole = value;
        });
        return whole;
    }

    // The reader's own messages end with its idea of the place, and some give advice for programmers.
    private static string Describe(string message)
    {
        if (message.Contains("trailing comma", StringComparison.Ordinal))
        {
            return "a comma must not stand before ] or }; remove it";
        }

        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return "this is not JSON (with // and /* */ comments): " + (end < 0 ? message : message[..end]);
    }
}
