using System.Text;
using ClearanceDaemon.Cli.Inbox;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary>From bytes to keys, in whatever pieces they come.</summary>
public sealed class KeyReaderTests
{
    public static readonly TheoryData<string, string> Keys = new()
    {
        { "a", "a" },
        { "\r", "Enter" },
        { "\n", "Enter" },
        { "\t", "Tab" },
        { "\u007f", "Backspace" },
        { "\b", "Backspace" },
        { "\u0003", "Interrupt" },
        { "\u001a", "Suspend" },
        { "\f", "Redraw" },
        { "\u0015", "EraseLine" },
        { "\u0017", "EraseWord" },
        { "\u0001", "Home" },
        { "\u0005", "End" },
        { "\u0002", "Unknown" },
        { "\e[A", "Up" },
        { "\e[B", "Down" },
        { "\eOC", "Right" },
        { "\e[D", "Left" },
        { "\e[H", "Home" },
        { "\e[4~", "End" },
        { "\e[3~", "Delete" },
        { "\e[5~", "PageUp" },
        { "\e[6~", "PageDown" },
        { "\e[1;5A", "Up" },
        { "\e[15~", "Unknown" },
        { "\e[Z", "Unknown" },
        { "\ea", "Unknown" },
        { "\e\e[A", "Escape Up" },
        { "é", "é" },
        { "😀", "😀" },
        { "ja", "j a" },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void BytesBecomeKeys(string bytes, string keys) => Assert.Equal(keys, Read(bytes));

    [Theory]
    [MemberData(nameof(Keys))]
    public void OneByteAtATimeIsTheSame(string bytes, string keys)
    {
        var reader = new KeyReader();
        var read = new List<InboxKey>();
        foreach (var one in Encoding.UTF8.GetBytes(bytes))
        {
            reader.Feed([one], read);
        }

        Assert.Equal(keys, Names(read));
        Assert.False(reader.IsWaiting);
    }

    [Fact]
    public void AnEscapeAloneIsTheKeyOnceNothingFollows()
    {
        var reader = new KeyReader();
        var keys = new List<InboxKey>();
        reader.Feed("\e"u8, keys);
        Assert.True(reader.IsWaiting);
        Assert.Empty(keys);
        reader.Flush(keys);
        Assert.Equal("Escape", Names(keys));
        Assert.False(reader.IsWaiting);
    }

    [Fact]
    public void HalfASequenceThatEndsIsNoKey()
    {
        var reader = new KeyReader();
        var keys = new List<InboxKey>();
        reader.Feed("\e[1;"u8, keys);
        reader.Flush(keys);
        reader.Feed("a"u8, keys);
        Assert.Equal("a", Names(keys));
    }

    [Fact]
    public void WhatWasFlushedIsForgotten()
    {
        var reader = new KeyReader();
        var keys = new List<InboxKey>();
        reader.Feed("\e["u8, keys);
        reader.Clear();
        Assert.False(reader.IsWaiting);
    }

    [Fact]
    public void ASequenceWithoutEndIsGivenUp()
    {
        var reader = new KeyReader();
        var keys = new List<InboxKey>();
        reader.Feed(Encoding.UTF8.GetBytes("\e[" + new string('1', 40)), keys);
        Assert.False(reader.IsWaiting);
        Assert.Empty(keys);
    }

    [Fact]
    public void B50_APasteIsTextAndNoCommand()
    {
        var reader = new KeyReader();
        var keys = new List<InboxKey>();
        reader.Feed(Encoding.UTF8.GetBytes("\e[200~ad\r\u001a\e[A\e[201~q"), keys);
        Assert.Equal(
            [(InboxKeyKind.Pasted, 'a'), (InboxKeyKind.Pasted, 'd'), (InboxKeyKind.Character, 'q')],
            keys.Select(static key => (key.Kind, (char)key.Rune.Value)));
    }

    [Fact]
    public void APasteWithoutEndLocksNobodyIn()
    {
        var reader = new KeyReader();
        var keys = new List<InboxKey>();
        reader.Feed("\e[200~\u0003q"u8, keys);
        Assert.Equal("Interrupt q", Names(keys));
        keys.Clear();
        reader.Feed("\e[200~"u8, keys);
        reader.Clear();
        reader.Feed("q"u8, keys);
        Assert.Equal("q", Names(keys));
    }

    [Fact]
    public void BytesThatAreNoTextAreNoKeys()
    {
        var reader = new KeyReader();
        var keys = new List<InboxKey>();
        reader.Feed([0xff, (byte)'a', 0xc3], keys);
        Assert.Equal("Unknown a", Names(keys));
        Assert.True(reader.IsWaiting);
    }

    [Fact]
    public void ALineIsEdited()
    {
        var editor = new LineEditor(100, "one two");
        Press(editor, InboxKeyKind.EraseWord);
        Assert.Equal("one ", editor.Text);
        Press(editor, InboxKeyKind.Home, InboxKeyKind.Delete, InboxKeyKind.Right);
        Assert.True(editor.Press(InboxKey.Of('X')));
        Assert.Equal(("nX", "e "), (editor.TextBeforeCursor, editor.TextAfterCursor));
        Press(editor, InboxKeyKind.Left, InboxKeyKind.Left, InboxKeyKind.Left, InboxKeyKind.Backspace);
        Assert.Equal("nXe ", editor.Text);
        Press(editor, InboxKeyKind.End, InboxKeyKind.Right, InboxKeyKind.EraseLine);
        Assert.Equal("", editor.Text);
        Assert.False(editor.Press(new InboxKey(InboxKeyKind.Tab)));
    }

    [Theory]
    [InlineData(4, "éé")]
    [InlineData(3, "é")]
    public void ALineEndsAtItsBytes(int bytes, string text)
    {
        var editor = new LineEditor(bytes);
        editor.Press(InboxKey.Of('é'));
        editor.Press(InboxKey.Of('é'));
        editor.Press(InboxKey.Of('é'));
        Assert.Equal(text, editor.Text);
    }

    private static void Press(LineEditor editor, params ReadOnlySpan<InboxKeyKind> kinds)
    {
        foreach (var kind in kinds)
        {
            Assert.True(editor.Press(new InboxKey(kind)));
        }
    }

    private static string Read(string bytes)
    {
        var keys = new List<InboxKey>();
        new KeyReader().Feed(Encoding.UTF8.GetBytes(bytes), keys);
        return Names(keys);
    }

    private static string Names(List<InboxKey> keys) =>
        string.Join(' ', keys.Select(static key => key.Kind == InboxKeyKind.Character ? key.Rune.ToString() : key.Kind.ToString()));
}
