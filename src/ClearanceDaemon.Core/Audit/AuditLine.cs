using System.Buffers.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Audit;

/// <summary>
/// One line of the log taken apart by position, which only our own writer's lines survive:
/// <c>{"v":1,"seq":N,"time":"…","kind":"…"</c> members <c>,"prev":"…"}</c>. Text of askers comes later in the line and cannot pose as these.
/// </summary>
internal readonly ref struct AuditLine
{
    public long Seq { get; private init; }

    public ReadOnlySpan<byte> Time { get; private init; }

    public ReadOnlySpan<byte> Kind { get; private init; }

    public ReadOnlySpan<byte> Prev { get; private init; }

    public static ReadOnlySpan<byte> Opening => "{\"v\":1,\"seq\":"u8;

    public static ReadOnlySpan<byte> TimeMark => ",\"time\":\""u8;

    public static ReadOnlySpan<byte> KindMark => "\",\"kind\":\""u8;

    public static ReadOnlySpan<byte> PrevMark => ",\"prev\":\""u8;

    public static ReadOnlySpan<byte> Closing => "\"}"u8;

    public static bool TryParse(ReadOnlySpan<byte> line, out AuditLine result)
    {
        result = default;
        var rest = line;
        if (!Skip(ref rest, Opening) || !Utf8Parser.TryParse(rest, out long seq, out var digits) || seq < 1 || rest[0] is (byte)'0' or (byte)'+')
        {
            return false;
        }

        rest = rest[digits..];
        if (!Skip(ref rest, TimeMark) || rest.Length < Timestamp.Bytes)
        {
            return false;
        }

        var time = rest[..Timestamp.Bytes];
        rest = rest[Timestamp.Bytes..];
        if (!Skip(ref rest, KindMark) || rest.IndexOf((byte)'"') is not (> 0 and var kindEnd))
        {
            return false;
        }

        var kind = rest[..kindEnd];
        rest = rest[(kindEnd + 1)..];
        var prevBytes = PrevMark.Length + AuditHash.HexBytes + Closing.Length;
        if (rest.Length < prevBytes)
        {
            return false;
        }

        rest = rest[^prevBytes..];
        var prev = rest.Slice(PrevMark.Length, AuditHash.HexBytes);
        if (!rest.StartsWith(PrevMark) || !rest.EndsWith(Closing) || !AuditHash.IsHash(prev))
        {
            return false;
        }

        result = new AuditLine { Seq = seq, Time = time, Kind = kind, Prev = prev };
        return true;
    }

    private static bool Skip(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> expected)
    {
        if (!rest.StartsWith(expected))
        {
            return false;
        }

        rest = rest[expected.Length..];
        return true;
    }
}
