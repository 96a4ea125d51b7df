using System.Globalization;
using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary>
/// A terminal that knows exactly the sequences the inbox may send; any other control is noted as a fault. Text lands where it
/// would on a real one.
/// </summary>
internal sealed class TestScreen
{
    private static readonly string[] Known = ["?1049h", "?1049l", "?7h", "?7l", "?25h", "?25l", "?2004h", "?2004l"];
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _rest = new();
    private readonly StringBuilder _raw = new();
    private readonly Dictionary<int, SortedDictionary<int, string>> _cells = [];
    private int _row;
    private int _column;

    public List<string> Faults { get; } = [];

    /// <summary>The private modes that are set.</summary>
    public HashSet<string> Modes { get; } = [];

    /// <summary>Everything that came, as text.</summary>
    public string Raw => _raw.ToString();

    public bool HasColours { get; private set; }

    public static TestScreen Of(string output)
    {
        var screen = new TestScreen();
        screen.Feed(Encoding.UTF8.GetBytes(output));
        return screen;
    }

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        var chars = new char[bytes.Length + 4];
        var count = _decoder.GetChars(bytes, chars, flush: false);
        _rest.Append(chars, 0, count);
        _raw.Append(chars, 0, count);
        var text = _rest.ToString();
        var at = 0;
        while (at < text.Length && Next(text[at..]) is > 0 and var length)
        {
            at += length;
        }

        _rest.Remove(0, at);
    }

    public string Row(int row) => _cells.TryGetValue(row, out var cells) ? Text(cells) : "";

    public override string ToString() =>
        string.Join('\n', Enumerable.Range(0, _cells.Count == 0 ? 0 : _cells.Keys.Max() + 1).Select(Row));

    private static string Text(SortedDictionary<int, string> cells)
    {
        var text = new StringBuilder();
        foreach (var (column, cell) in cells)
        {
            var used = Columns(text.ToString());
            text.Append(' ', Math.Max(0, column - used)).Append(cell);
        }

        return text.ToString().TrimEnd();
    }

    private static int Columns(string text) => text.EnumerateRunes().Sum(DisplayText.Columns);

    private int Next(string text)
    {
        if (text[0] == '\e')
        {
            return Sequence(text);
        }

        if (text.Length == 1 && char.IsHighSurrogate(text[0]))
        {
            return 0;
        }

        var rune = Rune.GetRuneAt(text, 0);
        if (Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator)
        {
            Faults.Add($"U+{rune.Value:X4}");
        }
        else
        {
            Put(rune);
        }

        return rune.Utf16SequenceLength;
    }

    private void Put(Rune rune)
    {
        var cells = _cells.TryGetValue(_row, out var known) ? known : _cells[_row] = [];
        var columns = DisplayText.Columns(rune);
        if (columns == 0 && cells.TryGetValue(_column - 1, out var before))
        {
            cells[_column - 1] = before + rune;
            return;
        }

        cells[_column] = rune.ToString();
        _column += columns;
    }

    private int Sequence(string text)
    {
        if (text.Length < 2)
        {
            return 0;
        }

        var end = 2;
        while (end < text.Length && text[end] is >= ' ' and <= '?')
        {
            end++;
        }

        if (text[1] != '[' || end == text.Length)
        {
            if (text[1] != '[')
            {
                Faults.Add($"ESC {text[1]}");
            }

            return text[1] == '[' ? 0 : 2;
        }

        Csi(text[2..end], text[end]);
        return end + 1;
    }

    private void Csi(string parameters, char final)
    {
        switch (final)
        {
            case 'H' when parameters.Split(';') is [var row, var column]:
                (_row, _column) = (int.Parse(row, CultureInfo.InvariantCulture) - 1, int.Parse(column, CultureInfo.InvariantCulture) - 1);
                break;
            case 'K' when parameters.Length == 0:
                foreach (var column in _cells.TryGetValue(_row, out var cells) ? cells.Keys.Where(column => column >= _column).ToList() : [])
                {
                    _cells[_row].Remove(column);
                }

                break;
            case 'J' when parameters == "2":
                _cells.Clear();
                break;
            case 'm':
                HasColours |= parameters != "0";
                break;
            case 'h' or 'l' when Known.Contains(parameters + final):
                _ = final == 'h' ? Modes.Add(parameters) : Modes.Remove(parameters);
                break;
            default:
                Faults.Add($"CSI {parameters}{final}");
                break;
        }
    }
}
