using System.Globalization;
using System.Text;

namespace ClearanceDaemon.Protocol;

/// <summary>Gathers a cleaned text, its columns, and the tail that is shown when it does not fit.</summary>
internal struct TextCleaner
{
    /// <summary>More marks on one letter than any script stacks would draw over the lines around.</summary>
    private const int MaxMarks = 4;

    private readonly StringBuilder _text = new();
    private readonly int _maxColumns;
    private int _columns;
    private int _fitting;
    private int _length;
    private bool _changed;

    // A mark at the start would sit on whatever the surface shows before the text.
    private int _marks = MaxMarks;

    public TextCleaner(int maxColumns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxColumns);
        _maxColumns = maxColumns;
    }

    public void Add(int value, bool isPlain, char kind)
    {
        _length++;
        var before = _text.Length;
        if (isPlain && TryCountMark(new Rune(value)))
        {
            var rune = new Rune(value);
            Span<char> units = stackalloc char[2];
            _text.Append(units[..rune.EncodeToUtf16(units)]);
            _columns += Columns(rune);
        }
        else
        {
            _changed = true;
            _text.Append(CultureInfo.InvariantCulture, $"\\{kind}{{{value:x}}}");
            _columns += _text.Length - before;
        }

        // A code is shown whole or not at all.
        if (_columns <= _maxColumns)
        {
            _fitting = _text.Length;
        }
    }

    public readonly CleanText Result(string? original)
    {
        if (_columns <= _maxColumns)
        {
            return new CleanText(_changed || original is null ? _text.ToString() : original, _changed, Cut: false, _length, "");
        }

        return new CleanText(_text.ToString(0, _fitting), _changed, Cut: true, _length, Tail());
    }

    private readonly string Tail()
    {
        var start = _text.Length;
        for (var columns = 0; start > _fitting; start--)
        {
            var unit = _text[start - 1];
            columns += char.IsLowSurrogate(unit) ? 2 : char.IsHighSurrogate(unit) ? 0 : Columns(new Rune(unit));
            if (columns > DisplayText.TailColumns)
            {
                break;
            }
        }

        start += start < _text.Length && char.IsLowSurrogate(_text[start]) ? 1 : 0;
        return _text.ToString(start, _text.Length - start);
    }

    private bool TryCountMark(Rune rune)
    {
        _marks = rune.Value >= 0x300 && IsMark(rune) ? _marks + 1 : 0;
        return _marks <= MaxMarks;
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    /// <summary>The columns of a terminal a character takes, never too few: marks none, East Asian wide ones and emoji two.</summary>
    internal static int Columns(Rune rune)
    {
        if (rune.Value < 0x300)
        {
            return 1;
        }

        return IsMark(rune) ? 0 : IsWide(rune.Value) ? 2 : 1;
    }

    private static bool IsWide(int value) => value is
        (>= 0x1100 and <= 0x115f) or (>= 0x231a and <= 0x231b) or (>= 0x23e9 and <= 0x23f3) or 0x25fd or 0x25fe or (>= 0x2614 and <= 0x27bf)
        or (>= 0x2b1b and <= 0x2b55) or (>= 0x2e80 and <= 0xa4cf) or (>= 0xa960 and <= 0xa97f)
        or (>= 0xac00 and <= 0xd7a3) or (>= 0xf900 and <= 0xfaff) or (>= 0xfe30 and <= 0xfe6f) or (>= 0xff00 and <= 0xff60)
        or (>= 0xffe0 and <= 0xffe6) or >= 0x1f000;
}
