using System.Globalization;
using System.Text;

namespace ClearanceDaemon.Protocol.Tests;

public sealed class DisplayTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("rm -rf /tmp/x && echo 'done' \\u{202e} <b>")]
    [InlineData("Grüße, Ελληνικά, русский, 日本語, 한국어, עברית, العربية, हिन्दी, ไทย")]
    [InlineData("e\u0301 naïve")]
    [InlineData("👍 ❤\ufe0f")]
    public void Plain_text_is_left_as_it_is(string text)
    {
        foreach (var clean in new[] { DisplayText.Clean(text), DisplayText.Clean(Encoding.UTF8.GetBytes(text)) })
        {
            Assert.Equal(new CleanText(text, Changed: false, Cut: false, text.EnumerateRunes().Count(), ""), clean);
        }
    }

    // B45's corpus: what terminals obey, what reorders, what hides.
    [Theory]
    [InlineData("\u001b[2J", @"\u{1b}[2J")]
    [InlineData("\u001b]0;t\u0007", @"\u{1b}]0;t\u{7}")]
    [InlineData("\u001b]8;;x\u001b\\", @"\u{1b}]8;;x\u{1b}\")]
    [InlineData("\u009b31m", @"\u{9b}31m")]
    [InlineData("\u0085", @"\u{85}")]
    [InlineData("a\rb\bc\nd\te\0\u007f", @"a\u{d}b\u{8}c\u{a}d\u{9}e\u{0}\u{7f}")]
    [InlineData("\u202a\u202b\u202c\u202d\u202e", @"\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}")]
    [InlineData("\u2066\u2067\u2068\u2069\u200e\u200f\u061c", @"\u{2066}\u{2067}\u{2068}\u{2069}\u{200e}\u{200f}\u{61c}")]
    [InlineData("a\u200bb\u200cc\u200dd\u2060e\u00adf\ufeffg", @"a\u{200b}b\u{200c}c\u{200d}d\u{2060}e\u{ad}f\u{feff}g")]
    [InlineData("\U000e0001\U000e0041\U000e007f\U000e0080", @"\u{e0001}\u{e0041}\u{e007f}\u{e0080}")]
    [InlineData("\u2028\u2029", @"\u{2028}\u{2029}")]
    [InlineData("\ufdd0\uffff\U0001fffe\U0010ffff", @"\u{fdd0}\u{ffff}\u{1fffe}\u{10ffff}")]
    [InlineData("\u3164\u115f\u2800\ufe00\U000e0100\u180e\u034f", @"\u{3164}\u{115f}\u{2800}\u{fe00}\u{e0100}\u{180e}\u{34f}")]
    public void What_acts_or_hides_becomes_its_code(string text, string shown)
    {
        foreach (var clean in new[] { DisplayText.Clean(text), DisplayText.Clean(Encoding.UTF8.GetBytes(text)) })
        {
            Assert.Equal((shown, true, false), (clean.Text, clean.Changed, clean.Cut));
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_and_bytes_that_are_not_UTF_8_are_shown()
    {
        Assert.Equal(@"a\u{d800}b\u{dc00}", DisplayText.Clean("a\ud800b\udc00").Text);
        Assert.Equal(@"a\x{ff}b\x{c0}\x{80}\x{ed}\x{a0}\x{80}", DisplayText.Clean([(byte)'a', 0xff, (byte)'b', 0xc0, 0x80, 0xed, 0xa0, 0x80]).Text);
    }

    [Fact]
    public void Marks_do_not_pile_up_nor_start_a_text()
    {
        Assert.Equal(@"\u{301}a", DisplayText.Clean("\u0301a").Text);
        var four = "a" + new string('\u0301', 4);
        Assert.False(DisplayText.Clean(four + "b" + four).Changed);
        Assert.Equal(four + @"\u{301}", DisplayText.Clean(four + "\u0301").Text);
    }

    [Fact]
    public void Nothing_unplain_comes_out_whatever_goes_in()
    {
        var random = new Random(6);
        var bytes = new byte[40];
        for (var round = 0; round < 20_000; round++)
        {
            random.NextBytes(bytes);
            var text = string.Concat(Enumerable.Range(0, 20).Select(_ => char.ConvertFromUtf32(Scalar(random))));
            foreach (var clean in new[] { DisplayText.Clean(bytes, random.Next(60)), DisplayText.Clean(text, random.Next(60)) })
            {
                Assert.All((clean.Text + clean.Tail).EnumerateRunes(), static rune => Assert.True(DisplayText.IsPlain(rune) && rune != Rune.ReplacementChar, rune.Value.ToString("x", CultureInfo.InvariantCulture)));
            }
        }
    }

    [Fact]
    public void A_text_that_fits_is_not_cut_and_one_column_more_is()
    {
        Assert.False(DisplayText.Clean("abcde", 5).Cut);
        Assert.Equal(new CleanText("abcde", false, true, 6, "f"), DisplayText.Clean("abcdef", 5));
        Assert.Equal(new CleanText("", false, true, 1, "a"), DisplayText.Clean("a", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => DisplayText.Clean("a", -1));
    }

    [Fact]
    public void A_cut_text_has_its_beginning_length_and_tail()
    {
        var clean = DisplayText.Clean(new string('a', 1000) + "; rm -rf /home/me", 20);
        Assert.Equal(new CleanText(new string('a', 20), false, true, 1017, " rm -rf /home/me"), clean);
    }

    [Fact]
    public void Columns_count_not_characters()
    {
        Assert.False(DisplayText.Clean("日本", 4).Cut);
        Assert.Equal(("日", "本"), Shown("日本", 3));
        Assert.Equal(("👍", "👍"), Shown("👍👍", 3));
        Assert.Equal(("ab", @"\u{1b}"), Shown("ab\u001b", 7));
        Assert.False(DisplayText.Clean("e\u0301e\u0301", 2).Cut);
        Assert.Equal(16, DisplayText.Clean(new string('日', 100), 10).Tail.Length * 2);
    }

    [Theory]
    [InlineData("a", 1)]
    [InlineData("日", 2)]
    [InlineData("👍", 2)]
    [InlineData("✅", 2)]
    [InlineData("\u0301", 0)]
    public void A_character_has_its_columns(string character, int columns) =>
        Assert.Equal(columns, DisplayText.Columns(Rune.GetRuneAt(character, 0)));

    private static (string Text, string Tail) Shown(string text, int columns)
    {
        var clean = DisplayText.Clean(text, columns);
        Assert.True(clean.Cut);
        return (clean.Text, clean.Tail);
    }

    private static int Scalar(Random random)
    {
        var value = random.Next(0x110000) >> (random.Next(3) * 5);
        return value is >= 0xd800 and <= 0xdfff ? 0x202e : value == 0xfffd ? 'x' : value;
    }
}
