using System.Text;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>One line being typed: insert, erase, move. It holds at most so many bytes of UTF-8 as what it is for.</summary>
internal sealed class LineEditor
{
    private readonly int _maxBytes;
    private readonly List<Rune> _runes = [];

    public LineEditor(int maxBytes, string text = "")
    {
        _maxBytes = maxBytes;
        foreach (var rune in text.EnumerateRunes())
        {
            Insert(rune);
        }
    }

    /// <summary>How many characters stand before the cursor.</summary>
    public int Cursor { get; private set; }

    public string Text => Between(0, _runes.Count);

    public string TextBeforeCursor => Between(0, Cursor);

    public string TextAfterCursor => Between(Cursor, _runes.Count);

    /// <returns>False when the key means nothing to a line.</returns>
    public bool Press(InboxKey key)
    {
        switch (key.Kind)
        {
            case InboxKeyKind.Character or InboxKeyKind.Pasted:
                Insert(key.Rune);
                return true;
            case InboxKeyKind.Backspace:
                Erase(Cursor - 1, Cursor);
                return true;
            case InboxKeyKind.Delete:
                Erase(Cursor, Cursor + 1);
                return true;
            case InboxKeyKind.EraseLine:
                Erase(0, Cursor);
                return true;
            case InboxKeyKind.EraseWord:
                Erase(WordStart(), Cursor);
                return true;
            default:
                return TryMove(key.Kind);
        }
    }

    private string Between(int from, int to)
    {
        var text = new StringBuilder(to - from);
        for (var i = from; i < to; i++)
        {
            text.Append(_runes[i].ToString());
        }

        return text.ToString();
    }

    private bool TryMove(InboxKeyKind kind)
    {
        int? to = kind switch
        {
            InboxKeyKind.Left => Cursor - 1,
            InboxKeyKind.Right => Cursor + 1,
            InboxKeyKind.Home => 0,
            InboxKeyKind.End => _runes.Count,
            _ => null,
        };
        Cursor = Math.Clamp(to ?? Cursor, 0, _runes.Count);
        return to is not null;
    }

    private void Insert(Rune rune)
    {
        if (Rune.IsControl(rune) || Encoding.UTF8.GetByteCount(Text) + rune.Utf8SequenceLength > _maxBytes)
        {
            return;
        }

        _runes.Insert(Cursor++, rune);
    }

    private void Erase(int from, int to)
    {
        if (from >= 0 && to <= _runes.Count && to > from)
        {
            _runes.RemoveRange(from, to - from);
            Cursor = from;
        }
    }

    private int WordStart()
    {
        var at = Cursor;
        while (at > 0 && Rune.IsWhiteSpace(_runes[at - 1]))
        {
            at--;
        }

        while (at > 0 && !Rune.IsWhiteSpace(_runes[at - 1]))
        {
            at--;
        }

        return at;
    }
}
