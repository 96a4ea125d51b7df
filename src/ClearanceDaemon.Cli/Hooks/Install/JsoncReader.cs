using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Hooks.Install;

/// <summary>Reads JSON with comments and trailing commas, as editors write settings, into places of its text. A member that is twice is refused: which of them counts is the host's secret.</summary>
internal ref struct JsoncReader
{
    /// <summary>Deeper than any settings; keeps reading off the stack's end.</summary>
    private const int MaxDepth = 64;

    private readonly ReadOnlySpan<byte> _text;
    private int _at;
    private int _depth;
    private bool _sawComment;

    private JsoncReader(ReadOnlySpan<byte> text, int start)
    {
        _text = text;
        _at = start;
    }

    /// <param name="text">The whole text.</param>
    /// <param name="start">Behind a byte order mark.</param>
    /// <exception cref="SettingsException">It is not well-formed.</exception>
    public static JsoncNode Read(ReadOnlySpan<byte> text, int start)
    {
        var reader = new JsoncReader(text, start);
        reader.SkipSpace();
        var root = reader.Value("", reader._at);
        reader.SkipSpace();
        return reader._at == text.Length ? root : throw reader.Wrong("something follows the value");
    }

    private JsoncNode Value(string name, int start)
    {
        switch (Peek())
        {
            case (byte)'{':
                return Container(name, start, JsoncKind.Object, (byte)'}');
            case (byte)'[':
                return Container(name, start, JsoncKind.Array, (byte)']');
            case (byte)'"':
                var at = _at;
                return new JsoncNode { Kind = JsoncKind.String, Name = name, Start = start, ValueStart = at, Text = String(), End = _at };
            default:
                return Plain(name, start);
        }
    }

    private JsoncNode Container(string name, int start, JsoncKind kind, byte close)
    {
        if (++_depth > MaxDepth)
        {
            throw Wrong($"it is nested deeper than {MaxDepth}");
        }

        var node = new JsoncNode { Kind = kind, Name = name, Start = start, ValueStart = _at++ };
        while (true)
        {
            node.HasComment |= SkipSpace();
            if (TryTake(close))
            {
                break;
            }

            AddChild(node);
            node.HasComment |= SkipSpace();
            if (!TryTake((byte)',') && Peek() != close)
            {
                throw Wrong("a comma or a closing bracket is missing");
            }
        }

        _depth--;
        node.End = _at;
        return node;
    }

    private void AddChild(JsoncNode node)
    {
        var start = _at;
        if (node.Kind == JsoncKind.Array)
        {
            node.Children.Add(Value("", start));
            return;
        }

        var name = Peek() == '"' ? String() : throw Wrong("a member's name is missing");
        if (node.Member(name) is not null)
        {
            throw Wrong($"\"{name}\" is there twice");
        }

        var hasComment = SkipSpace();
        if (!TryTake((byte)':'))
        {
            throw Wrong("a colon is missing");
        }

        hasComment |= SkipSpace();
        var child = Value(name, start);
        child.HasComment |= hasComment;
        node.Children.Add(child);
    }

    private JsoncNode Plain(string name, int start)
    {
        var at = _at;
        while (_at < _text.Length && _text[_at] is not ((byte)',' or (byte)'}' or (byte)']' or (byte)'/' or <= (byte)' '))
        {
            _at++;
        }

        return JsonCursor.IsValid(_text[at.._at])
            ? new JsoncNode { Kind = JsoncKind.Plain, Name = name, Start = start, ValueStart = at, End = _at }
            : throw Wrong("a value is missing");
    }

    private string String()
    {
        var start = _at++;
        while (_at < _text.Length && _text[_at] != '"')
        {
            _at += _text[_at] == '\\' ? 2 : 1;
        }

        var token = _text[start..Math.Min(++_at, _text.Length)];
        if (_at > _text.Length || !JsonCursor.IsValid(token))
        {
            throw Wrong("a string does not end, or is no JSON string");
        }

        new JsonCursor(token, new byte[token.Length]).TryReadString(out var text);
        return Encoding.UTF8.GetString(text);
    }

    /// <returns>Whether there was a comment.</returns>
    private bool SkipSpace()
    {
        _sawComment = false;
        while (_at < _text.Length)
        {
            if (_text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                _at++;
            }
            else if (!SkipComment())
            {
                break;
            }
        }

        return _sawComment;
    }

    private bool SkipComment()
    {
        var (end, length) = _text[_at..] switch
        {
            [(byte)'/', (byte)'/', ..] => (_text[_at..].IndexOf((byte)'\n'), 1),
            [(byte)'/', (byte)'*', ..] => (_text[(_at + 2)..].IndexOf("*/"u8) is >= 0 and var found ? found + 2 : throw Wrong("a comment does not end"), 2),
            _ => (0, 0),
        };
        if (length == 0)
        {
            return false;
        }

        _at = end < 0 ? _text.Length : _at + end + length;
        return _sawComment = true;
    }

    private readonly byte Peek() => _at < _text.Length ? _text[_at] : (byte)0;

    private bool TryTake(byte expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        _at++;
        return true;
    }

    private readonly SettingsException Wrong(string what)
    {
        var before = _text[..Math.Min(_at, _text.Length)];
        return new($"line {before.Count((byte)'\n') + 1}, column {before.Length - before.LastIndexOf((byte)'\n')}: {what}");
    }
}
