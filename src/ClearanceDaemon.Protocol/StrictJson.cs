using System.Runtime.CompilerServices;

namespace ClearanceDaemon.Protocol;

/// <summary>
/// One pass over a text that accepts RFC 8259 JSON and nothing else, with what makes two readers of one text disagree refused
/// as well: duplicate members, lone surrogates, U+0000, deep nesting. Allocates nothing for ordinary texts.
/// </summary>
/// <remarks>
/// Positions are indices into the text; a negative one says that reading stopped, and <see cref="Fault"/> why. What is
/// grammatical yet refused is noted (the first such fault) and reading goes on, so that a request's id can still be found.
/// </remarks>
internal ref struct StrictJson
{
    private const int Stopped = -1;
    private readonly ReadOnlySpan<byte> _text;
    private JsonNames _names;
    private ulong _kinds;
    private int _depth;

    public StrictJson(ReadOnlySpan<byte> text, Span<JsonName> names)
    {
        _text = text;
        _names = new JsonNames(text, names);
    }

    /// <summary>None while all is well.</summary>
    public LineFault Fault { get; private set; }

    /// <summary>Where the raw name of the member stands that is twice or unknown.</summary>
    public Range Member { get; private set; }

    /// <summary>How many faults were noted, to tell whether a part of the text had one.</summary>
    public int Noted { get; private set; }

    private readonly bool InObject => (_kinds & 1) != 0;

    /// <summary>Reads the value at or after <paramref name="at"/> and returns the position behind it.</summary>
    public int Value(int at)
    {
        var floor = _depth;
        while (true)
        {
            at = SkipSpace(at);
            var first = At(at);
            if (first is (byte)'{' or (byte)'[')
            {
                at = Open(at, first);
                if (at >= 0 && !AtClose(at))
                {
                    at = InObject ? Name(at, out _, out _) : at;
                    if (at >= 0)
                    {
                        continue;
                    }
                }
            }
            else
            {
                at = Scalar(at, first);
            }

            at = at < 0 ? at : AfterValue(at, floor);
            if (at < 0 || _depth == floor)
            {
                return at;
            }
        }
    }

    /// <summary>Enters the object or array whose bracket is at <paramref name="at"/>; returns the position of what follows.</summary>
    public int Open(int at, byte bracket)
    {
        if (++_depth > ProtocolLimits.JsonDepth)
        {
            return Stop(LineFault.TooDeep);
        }

        _kinds <<= 1;
        if (bracket == '{')
        {
            _kinds |= 1;
            _names.Open(at);
        }

        return SkipSpace(at + 1);
    }

    public readonly bool AtClose(int at) => At(at) == (InObject ? (byte)'}' : (byte)']');

    /// <summary>Leaves the object or array whose closing bracket is at <paramref name="at"/>.</summary>
    public int Close(int at)
    {
        if (InObject)
        {
            _names.Close();
        }

        _kinds >>= 1;
        _depth--;
        return at + 1;
    }

    /// <summary>Reads a member's name and colon; returns the position behind.</summary>
    public int Name(int at, out int start, out int length)
    {
        start = SkipSpace(at) + 1;
        length = 0;
        if (At(start - 1) != '"')
        {
            return NotJson();
        }

        var end = String(start, out var escaped);
        if (end < 0)
        {
            return end;
        }

        length = end - start;
        if (!_names.Add(start, length, escaped))
        {
            Note(LineFault.DuplicateMember, start..end);
        }

        at = SkipSpace(end + 1);
        return At(at) == ':' ? at + 1 : NotJson();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int SkipSpace(int at)
    {
        while ((uint)at < (uint)_text.Length && _text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        return at;
    }

    /// <summary>The byte at a position; 0, which no JSON text holds, behind the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly byte At(int at) => (uint)at < (uint)_text.Length ? _text[at] : (byte)0;

    /// <summary>Notes a fault that does not hinder reading on.</summary>
    public void Note(LineFault fault, Range member = default)
    {
        Noted++;
        if (Fault == LineFault.None)
        {
            Fault = fault;
            Member = member;
        }
    }

    public int NotJson() => Stop(LineFault.NotJson);

    private int Stop(LineFault fault)
    {
        Fault = fault;
        Member = default;
        return Stopped;
    }

    /// <summary>Behind a value: closes what ends here, up to <paramref name="floor"/>, or goes to where the next value is due.</summary>
    private int AfterValue(int at, int floor)
    {
        while (_depth != floor)
        {
            at = SkipSpace(at);
            if (At(at) == ',')
            {
                return InObject ? Name(at + 1, out _, out _) : at + 1;
            }

            if (!AtClose(at))
            {
                return NotJson();
            }

            at = Close(at);
        }

        return at;
    }

    private int Scalar(int at, byte first)
    {
        if (first == '"')
        {
            var end = String(at + 1, out _);
            return end < 0 ? end : end + 1;
        }

        var length = first switch
        {
            (byte)'t' => JsonScalar.Literal(_text[at..], "true"u8),
            (byte)'f' => JsonScalar.Literal(_text[at..], "false"u8),
            (byte)'n' => JsonScalar.Literal(_text[at..], "null"u8),
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => JsonScalar.Number(_text[at..]),
            _ => 0,
        };
        return length > 0 ? at + length : NotJson();
    }

    /// <summary>From behind an opening quote to the position of the closing one.</summary>
    private int String(int at, out bool escaped)
    {
        escaped = false;
        while (true)
        {
            at = JsonScalar.PlainEnd(_text, at);
            switch (At(at))
            {
                case (byte)'"':
                    return at;
                case (byte)'\\':
                    escaped = true;
                    var length = JsonEscape.Length(_text[at..], out var character);
                    if (length == 0)
                    {
                        return NotJson();
                    }

                    if (character == 0)
                    {
                        Note(LineFault.NulCharacter);
                    }
                    else if (char.IsSurrogate((char)character) && length == 6)
                    {
                        Note(LineFault.LoneSurrogate);
                    }

                    at += length;
                    break;
                default:
                    return NotJson();
            }
        }
    }
}
