namespace ClearanceDaemon.Protocol;

/// <summary>
/// The names seen in the objects that are open, to find duplicates. A small object's names lie in a list on the stack; one with
/// more than <see cref="ListedNames"/> members, or an escaped name, moves to <see cref="JsonNameTable"/>, so that the cost stays
/// linear in the text however it is made.
/// </summary>
internal ref struct JsonNames
{
    public const int ListedNames = 16;

    /// <summary>The list's capacity: every object of the deepest path full, and an entry each for where it begins.</summary>
    public const int Capacity = ProtocolLimits.JsonDepth * (ListedNames + 1);

    private const int InTable = 1;
    private readonly ReadOnlySpan<byte> _text;
    private readonly Span<JsonName> _list;
    private JsonNameTable? _table;
    private int _count;
    private int _base;

    public JsonNames(ReadOnlySpan<byte> text, Span<JsonName> list)
    {
        _text = text;
        _list = list;
    }

    /// <summary>Enters the object whose brace is at <paramref name="at"/>.</summary>
    public void Open(int at)
    {
        // The entry below an object's names remembers the outer object's base.
        _list[_count++] = new JsonName(_base, 0, at, 0);
        _base = _count;
    }

    public void Close()
    {
        _count = _base - 1;
        _base = _list[_count].Start;
    }

    /// <summary>Adds a name to the innermost object; false when it is there already.</summary>
    public bool Add(int start, int length, bool escaped)
    {
        if (escaped || _count - _base == ListedNames || _list[_base - 1].Length == InTable)
        {
            return AddToTable(new JsonName(start, length, _list[_base - 1].Object, 0));
        }

        var name = _text.Slice(start, length);
        var hash = length == 0 ? 0 : (uint)(length | (name[0] << 16) | (name[^1] << 24));
        foreach (ref readonly var other in _list[_base.._count])
        {
            if (other.Hash == hash && name.SequenceEqual(_text.Slice(other.Start, other.Length)))
            {
                return false;
            }
        }

        _list[_count++] = new JsonName(start, length, 0, hash);
        return true;
    }

    private bool AddToTable(JsonName name)
    {
        _table ??= JsonNameTable.Rent(_text.Length);
        ref var begin = ref _list[_base - 1];
        if (begin.Length != InTable)
        {
            foreach (var listed in _list[_base.._count])
            {
                _table.Add(_text, listed with { Object = begin.Object });
            }

            begin = begin with { Length = InTable };
            _count = _base;
        }

        return _table.Add(_text, name);
    }
}
