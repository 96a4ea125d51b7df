using System.Text;

namespace ClearanceDaemon.Cli.Hooks.Install;

/// <summary>How a settings file is written (line ends, indentation), and cuts and insertions that keep to it.</summary>
internal sealed class SettingsLayout
{
    private const string DefaultIndent = "  ";
    private readonly byte[] _text;
    private readonly string _newLine;
    private readonly string _unit;

    private SettingsLayout(byte[] text, string newLine, string unit) => (_text, _newLine, _unit) = (text, newLine, unit);

    public static SettingsLayout Of(byte[] text, JsoncNode root)
    {
        var newLine = text.AsSpan().IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";
        var unit = root.Children is [var first, ..] && OwnIndent(text, first.Start) is { Length: > 0 } indent ? indent : DefaultIndent;
        return new SettingsLayout(text, newLine, unit);
    }

    /// <summary>The indentation of what is put into a container.</summary>
    public string ChildIndent(JsoncNode into) =>
        into.Children is [.., var last] && OwnIndent(_text, last.Start) is { } own ? own : LineIndent(into.Start) + _unit;

    /// <summary>Lays out lines: <c>&gt;</c> at the start of one goes a step in, <c>&lt;</c> a step out.</summary>
    public string Indented(string lines, string indent)
    {
        var text = new StringBuilder();
        var depth = 0;
        foreach (var line in lines.Split('\n'))
        {
            depth += line[0] switch { '>' => 1, '<' => -1, _ => 0 };
            text.Append(text.Length == 0 ? "" : _newLine + indent);
            text.Insert(text.Length, _unit, text.Length == 0 ? 0 : depth).Append(line.TrimStart('<', '>'));
        }

        return text.ToString();
    }

    /// <summary>The text with a child more at the container's end.</summary>
    public byte[] Insert(JsoncNode into, byte[] child)
    {
        var indent = Bytes(_newLine + ChildIndent(into));
        if (into.Children is [.., var last])
        {
            return [.. _text[..last.End], (byte)',', .. indent, .. child, .. _text[last.End..]];
        }

        var at = into.ValueStart + 1;
        var hasLine = _text.AsSpan(at, into.End - at).Contains((byte)'\n');
        return [.. _text[..at], .. indent, .. child, .. hasLine ? [] : Bytes(_newLine + LineIndent(into.Start)), .. _text[at..]];
    }

    /// <summary>The text without a child and the comma that went with it. Comments stay.</summary>
    public byte[] Cut(JsoncNode from, JsoncNode child)
    {
        var at = from.Children.IndexOf(child);
        if (at > 0)
        {
            return CutBehind(from.Children[at - 1].End, child);
        }

        if (from.Children.Count > 1)
        {
            var next = from.Children[1].Start;
            var comma = Comma(child.End, next);
            return IsBlank(child.End, comma) && IsBlank(comma + 1, next) ? Without(child.Start, next) : Without(child.Start, child.End, comma, comma + 1);
        }

        var (open, close) = (from.ValueStart + 1, from.End - 1);
        if (IsBlank(open, child.Start) && IsBlank(child.End, close))
        {
            return Without(open, close);
        }

        var trailing = Comma(child.End, close);
        return trailing < 0 ? Without(child.Start, child.End) : Without(child.Start, child.End, trailing, trailing + 1);
    }

    private byte[] CutBehind(int before, JsoncNode child)
    {
        if (Comma(before, child.Start) is var comma && IsBlank(before, comma) && IsBlank(comma + 1, child.Start))
        {
            return Without(before, child.End);
        }

        // A comment stands between: it stays, and the blanks of our own line go.
        var start = child.Start;
        while (start > comma + 1 && _text[start - 1] is (byte)' ' or (byte)'\t')
        {
            start--;
        }

        return Without(comma, comma + 1, start, child.End);
    }

    /// <summary>The comma that stands in no comment; -1 when there is none.</summary>
    private int Comma(int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            if (_text[at] == ',')
            {
                return at;
            }

            if (_text[at] == '/')
            {
                at += (_text[at + 1] == '*' ? _text.AsSpan(at + 2).IndexOf("*/"u8) + 3 : _text.AsSpan(at).IndexOf((byte)'\n'));
            }
        }

        return -1;
    }

    private bool IsBlank(int from, int to) => from <= to && _text.AsSpan(from, to - from).IndexOfAnyExcept(" \t\r\n"u8) < 0;

    private byte[] Without(int start, int end) => [.. _text[..start], .. _text[end..]];

    private byte[] Without(int start, int end, int secondStart, int secondEnd) => [.. _text[..start], .. _text[end..secondStart], .. _text[secondEnd..]];

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The blanks a line begins with, where nothing but them stands before the place; else null.</summary>
    private static string? OwnIndent(byte[] text, int at)
    {
        var line = text.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        return line > 0 && text.AsSpan(line, at - line).IndexOfAnyExcept(" \t"u8) < 0 ? Encoding.UTF8.GetString(text, line, at - line) : null;
    }

    private string LineIndent(int at)
    {
        var line = _text.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        var length = _text.AsSpan(line).IndexOfAnyExcept(" \t"u8);
        return Encoding.UTF8.GetString(_text, line, Math.Max(0, Math.Min(length, at - line)));
    }
}
