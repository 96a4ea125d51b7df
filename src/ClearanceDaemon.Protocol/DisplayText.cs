using System.Buffers;
using System.Globalization;
using System.Text;

namespace ClearanceDaemon.Protocol;

/// <summary>
/// The one place where text from others is made safe to show. What could move a cursor, reorder, hide or imitate text becomes its
/// visible code, such as <c>\u{202e}</c>; all else is left as it is. The result is one line.
/// </summary>
public static class DisplayText
{
    /// <summary>Columns of the tail that is kept of a text that was cut.</summary>
    public const int TailColumns = 16;

    /// <summary>Cleans a text.</summary>
    /// <param name="text">Anything; half surrogate pairs are shown as codes.</param>
    /// <param name="maxColumns">How many columns there are; a wide character takes two.</param>
    public static CleanText Clean(string text, int maxColumns = int.MaxValue)
    {
        var cleaner = new TextCleaner(maxColumns);
        for (ReadOnlySpan<char> rest = text; !rest.IsEmpty;)
        {
            var whole = Rune.DecodeFromUtf16(rest, out var rune, out var length) == OperationStatus.Done;
            cleaner.Add(whole ? rune.Value : rest[0], whole && IsPlain(rune), 'u');
            rest = rest[length..];
        }

        return cleaner.Result(text);
    }

    /// <summary>Cleans a text.</summary>
    /// <param name="utf8">Anything; bytes that are not UTF-8 are shown as <c>\x{ff}</c>.</param>
    /// <param name="maxColumns">How many columns there are; a wide character takes two.</param>
    public static CleanText Clean(ReadOnlySpan<byte> utf8, int maxColumns = int.MaxValue)
    {
        var cleaner = new TextCleaner(maxColumns);
        for (var rest = utf8; !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf8(rest, out var rune, out var length) == OperationStatus.Done)
            {
                cleaner.Add(rune.Value, IsPlain(rune), 'u');
            }
            else
            {
                length = 1;
                cleaner.Add(rest[0], isPlain: false, 'x');
            }

            rest = rest[length..];
        }

        return cleaner.Result(null);
    }

    /// <summary>The columns of a terminal one character of a cleaned text takes, 0 to 2; where terminals differ, the larger.</summary>
    public static int Columns(Rune rune) => TextCleaner.Columns(rune);

    /// <summary>True when a character shows as what it is and does nothing else.</summary>
    internal static bool IsPlain(Rune rune) => rune.Value is >= ' ' and < 0x7f || !(HidesOrActs(rune) || LooksEmpty(rune.Value));

    private static bool HidesOrActs(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control // with C1: terminals obey them
        or UnicodeCategory.Format // bidi, zero width, tags, byte order mark
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.OtherNotAssigned; // noncharacters; what a newer Unicode may give them is not known here

    /// <summary>Letters and marks that draw nothing by themselves, and so can carry a hidden text or fake an equal one.</summary>
    private static bool LooksEmpty(int value) => value is
        0x034f // combining grapheme joiner
        or 0x115f or 0x1160 or 0x3164 or 0xffa0 // Hangul fillers
        or 0x17b4 or 0x17b5 // Khmer inherent vowels
        or (>= 0x180b and <= 0x180f) // Mongolian selectors
        or 0x2800 // blank Braille
        or (>= 0xfe00 and <= 0xfe0d) // variation selectors but the two that pick text or emoji
        or (>= 0xe0100 and <= 0xe01ef);
}
