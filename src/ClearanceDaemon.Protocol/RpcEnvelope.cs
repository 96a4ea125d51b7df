using System.Buffers.Text;
using System.Text.Unicode;

namespace ClearanceDaemon.Protocol;

/// <summary>The members of one request line, found in the pass that validates it.</summary>
internal ref struct RpcEnvelope
{
    private readonly ReadOnlySpan<byte> _line;
    private StrictJson _json;
    private Range _id;
    private bool _hasVersion;
    private bool _hasId;
    private bool _hasMethod;

    public RpcEnvelope(ReadOnlySpan<byte> line, Span<JsonName> names)
    {
        _line = line;
        _json = new StrictJson(line, names);
    }

    /// <summary>The raw id; empty when it is missing or unreadable.</summary>
    public readonly Range Id => _id;

    /// <summary>The raw body of the method's string, without quotes.</summary>
    public Range Method { get; private set; }

    /// <summary>The raw params; empty when they were left out.</summary>
    public Range Params { get; private set; }

    public readonly LineFault Fault => _json.Fault;

    /// <summary>Where the raw name of the member stands that is twice or unknown.</summary>
    public readonly Range Member => _json.Member;

    /// <summary>True for a request; else <see cref="Fault"/> says why not.</summary>
    public bool Read()
    {
        var start = 0;
        if (_line.StartsWith("\uFEFF"u8))
        {
            _json.Note(LineFault.ByteOrderMark);
            start = 3;
        }

        ReadLine(_json.SkipSpace(start));
        if (_json.Fault != LineFault.NotJson && !Utf8.IsValid(_line))
        {
            _json.NotJson();
        }

        if (_json.Fault != LineFault.None)
        {
            // What is echoed must be sound by itself, whatever the rest of the line is.
            _id = Utf8.IsValid(_line[_id]) ? _id : default;
            return false;
        }

        if (!_hasVersion || !_hasId || !_hasMethod)
        {
            _json.Note(!_hasVersion ? LineFault.VersionMissing : !_hasId ? LineFault.IdMissing : LineFault.MethodMissing);
        }

        return _json.Fault == LineFault.None;
    }

    private void ReadLine(int at)
    {
        var first = _json.At(at);
        if (first != '{')
        {
            at = _json.Value(at);
            if (at >= 0)
            {
                _json.Note(first == '[' ? LineFault.Batch : LineFault.NotAnObject);
            }
        }
        else
        {
            at = ReadMembers(_json.Open(at, first));
        }

        if (at >= 0 && _json.SkipSpace(at) != _line.Length)
        {
            _json.NotJson();
        }
    }

    private int ReadMembers(int at)
    {
        if (_json.AtClose(at))
        {
            return _json.Close(at);
        }

        while (true)
        {
            at = _json.Name(at, out var start, out var length);
            if (at < 0)
            {
                return at;
            }

            var noted = _json.Noted;
            var value = _json.SkipSpace(at);
            at = _json.Value(value);
            if (at < 0)
            {
                return at;
            }

            Take(_line.Slice(start, length), new Found(start..(start + length), value..at, noted == _json.Noted));
            at = _json.SkipSpace(at);
            if (_json.AtClose(at))
            {
                return _json.Close(at);
            }

            if (_json.At(at) != ',')
            {
                return _json.NotJson();
            }

            at++;
        }
    }

    private void Take(scoped ReadOnlySpan<byte> name, in Found found)
    {
        var value = _line[found.Value];
        switch (name.Length)
        {
            case 2 when name.SequenceEqual("id"u8):
                TakeId(value, found);
                break;
            case 6 when name.SequenceEqual("method"u8):
                Method = (found.Value.Start.Value + 1)..(found.Value.End.Value - 1);
                _hasMethod = true;
                Require(value[0] == '"', LineFault.MethodBad);
                break;
            case 6 when name.SequenceEqual("params"u8):
                Params = found.Value;
                Require(value[0] == '{', LineFault.ParamsBad);
                break;
            case 7 when name.SequenceEqual("jsonrpc"u8):
                _hasVersion = true;
                Require(value.SequenceEqual("\"2.0\""u8), LineFault.VersionBad);
                break;
            default:
                TakeOther(name, found);
                break;
        }
    }

    private void TakeId(ReadOnlySpan<byte> value, in Found found)
    {
        // Of two ids neither is the one to answer to.
        var readable = found.Clean && !_hasId && IsId(value);
        _id = readable ? found.Value : default;
        _hasId = true;
        Require(readable, LineFault.IdBad);
    }

    private void TakeOther(scoped ReadOnlySpan<byte> name, in Found found)
    {
        Span<byte> decoded = stackalloc byte[8 * JsonEscape.MaxShrink];
        if (name.Length <= decoded.Length && name.Contains((byte)'\\'))
        {
            var length = JsonEscape.Decode(name, decoded);
            if (!decoded[..length].Contains((byte)'\\'))
            {
                Take(decoded[..length], found);
                return;
            }
        }

        _json.Note(LineFault.UnknownMember, found.Name);
    }

    private void Require(bool holds, LineFault otherwise)
    {
        if (!holds)
        {
            _json.Note(otherwise);
        }
    }

    private static bool IsId(ReadOnlySpan<byte> value)
    {
        if (value[0] != '"')
        {
            return Utf8Parser.TryParse(value, out long _, out var parsed) && parsed == value.Length;
        }

        var body = value[1..^1];
        if (body.Length <= ProtocolLimits.IdBytes)
        {
            return true;
        }

        Span<byte> decoded = stackalloc byte[ProtocolLimits.IdBytes * JsonEscape.MaxShrink];
        return body.Length <= decoded.Length && JsonEscape.Decode(body, decoded) <= ProtocolLimits.IdBytes;
    }

    /// <summary>A member of the envelope: where its raw name and value stand, and whether the value had no fault.</summary>
    private readonly record struct Found(Range Name, Range Value, bool Clean);
}
