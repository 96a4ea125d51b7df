using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace ClearanceDaemon.Protocol;

/// <summary>
/// Reads forward over JSON that was validated before, such as <see cref="RpcRequest.Params"/>, without allocation. Over any other
/// text its answers mean nothing, though it reads nothing outside it.
/// </summary>
/// <example>
/// <code>
/// var json = new JsonCursor(request.Params, scratch);
/// if (json.TryEnterObject())
/// {
///     while (json.NextMember(out var name))
///     {
///         if (name.SequenceEqual("action"u8) &amp;&amp; json.TryReadString(out var action)) { … }
///         else { json.SkipValue(); }
///     }
/// }
/// </code>
/// </example>
public ref struct JsonCursor
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly Span<byte> _scratch;
    private int _at;

    /// <summary>A cursor before the text's only value.</summary>
    /// <param name="json">Validated JSON.</param>
    /// <param name="scratch">
    /// Where names and strings with escapes are decoded, each over the one before. As long as <paramref name="json"/> it always suffices.
    /// </param>
    public JsonCursor(ReadOnlySpan<byte> json, Span<byte> scratch)
    {
        _json = json;
        _scratch = scratch;
    }

    /// <summary>
    /// Whether a text is one JSON value in UTF-8 that every reader understands alike: no duplicate members, no U+0000 or lone surrogates,
    /// no deeper than <see cref="ProtocolLimits.JsonDepth"/>. A cursor may be put on it then.
    /// </summary>
    [SkipLocalsInit]
    public static bool IsValid(ReadOnlySpan<byte> json)
    {
        Span<JsonName> names = stackalloc JsonName[JsonNames.Capacity];
        var strict = new StrictJson(json, names);
        var end = strict.Value(0);
        return strict.Fault == LineFault.None && strict.SkipSpace(end) == json.Length && Utf8.IsValid(json);
    }

    /// <summary>What the next value is.</summary>
    public JsonKind Kind => Next() switch
    {
        (byte)'{' => JsonKind.Object,
        (byte)'[' => JsonKind.Array,
        (byte)'"' => JsonKind.String,
        (byte)'t' or (byte)'f' => JsonKind.Bool,
        (byte)'n' => JsonKind.Null,
        0 => JsonKind.End,
        _ => JsonKind.Number,
    };

    /// <summary>Enters the next value if it is an object; then call <see cref="NextMember"/> until it says false.</summary>
    public bool TryEnterObject() => TryTake((byte)'{');

    /// <summary>Enters the next value if it is an array; then call <see cref="NextElement"/> until it says false.</summary>
    public bool TryEnterArray() => TryTake((byte)'[');

    /// <summary>
    /// Goes to the next member of the object, whose value must be read or skipped before the next call; false leaves the object.
    /// A name that does not fit into scratch is given raw, and so longer than scratch.
    /// </summary>
    public bool NextMember(out ReadOnlySpan<byte> name)
    {
        TryTake((byte)',');
        if (TryTake((byte)'}') || Next() != '"')
        {
            name = default;
            return false;
        }

        var raw = TakeString();
        name = TryDecode(raw, out var decoded) ? decoded : raw;
        TryTake((byte)':');
        return true;
    }

    /// <summary>Goes to the next element of the array, which must be read or skipped before the next call; false leaves the array.</summary>
    public bool NextElement()
    {
        TryTake((byte)',');
        return !TryTake((byte)']') && Next() != 0;
    }

    /// <summary>
    /// Reads the next value if it is a string; else, or when it does not fit into scratch, nothing is read. The text is valid
    /// until the next name or string is read.
    /// </summary>
    public bool TryReadString(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (Next() != '"')
        {
            return false;
        }

        var start = _at;
        if (TryDecode(TakeString(), out text))
        {
            return true;
        }

        _at = start;
        return false;
    }

    /// <summary>Reads the next value if it is a number written as an integer that fits; else nothing is read.</summary>
    public bool TryReadInteger(out long number)
    {
        Next();
        var rest = _json[_at..];
        if (!Utf8Parser.TryParse(rest, out number, out var length) || (length < rest.Length && rest[length] is (byte)'.' or (byte)'e' or (byte)'E'))
        {
            number = 0;
            return false;
        }

        _at += length;
        return true;
    }

    /// <summary>Reads the next value if it is true or false; else nothing is read.</summary>
    public bool TryReadBool(out bool value)
    {
        value = Next() == 't';
        if (!value && Next() != 'f')
        {
            return false;
        }

        SkipPlain();
        return true;
    }

    /// <summary>Passes over the next value, whatever it holds, and returns its raw text.</summary>
    public ReadOnlySpan<byte> SkipValue()
    {
        SkipValue(out var value);
        return _json[value];
    }

    /// <summary>Passes over the next value, whatever it holds, and tells where in the text it stands.</summary>
    public void SkipValue(out Range value)
    {
        Next();
        var start = _at;
        for (var depth = 0; SkipToken(ref depth) && depth > 0;)
        {
        }

        value = start.._at;
    }

    /// <summary>Passes over a bracket, a scalar, a comma or a colon; false at the end.</summary>
    private bool SkipToken(ref int depth)
    {
        switch (Next())
        {
            case (byte)'"':
                TakeString();
                break;
            case (byte)'{' or (byte)'[':
                depth++;
                _at++;
                break;
            case (byte)'}' or (byte)']':
                depth--;
                _at++;
                break;
            case (byte)',' or (byte)':':
                _at++;
                break;
            case 0:
                return false;
            default:
                SkipPlain();
                break;
        }

        return true;
    }

    private byte Next()
    {
        while (_at < _json.Length && _json[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _at++;
        }

        return _at < _json.Length ? _json[_at] : (byte)0;
    }

    private bool TryTake(byte expected)
    {
        if (Next() != expected)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>Takes the string at the cursor and returns what stands between its quotes.</summary>
    private ReadOnlySpan<byte> TakeString()
    {
        var start = _at + 1;
        _at = JsonScalar.PlainEnd(_json, start);
        while (_at < _json.Length && _json[_at] == '\\')
        {
            _at = JsonScalar.PlainEnd(_json, Math.Min(_at + 2, _json.Length));
        }

        var body = _json[start.._at];
        _at = Math.Min(_at + 1, _json.Length);
        return body;
    }

    private readonly bool TryDecode(ReadOnlySpan<byte> raw, out ReadOnlySpan<byte> decoded)
    {
        decoded = raw;
        if (!raw.Contains((byte)'\\'))
        {
            return true;
        }

        if (raw.Length > _scratch.Length)
        {
            return false;
        }

        decoded = _scratch[..JsonEscape.Decode(raw, _scratch)];
        return true;
    }

    /// <summary>Passes over a number or a literal.</summary>
    private void SkipPlain()
    {
        do
        {
            _at++;
        }
        while (_at < _json.Length && _json[_at] is not ((byte)',' or (byte)'}' or (byte)']' or <= (byte)' '));
    }
}
