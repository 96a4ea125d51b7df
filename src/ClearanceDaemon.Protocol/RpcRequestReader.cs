using System.Runtime.CompilerServices;

namespace ClearanceDaemon.Protocol;

/// <summary>
/// Reads one line as a request, strictly: whatever another reader of the same line could understand differently is refused.
/// Allocates nothing for ordinary lines and throws for none.
/// </summary>
public static class RpcRequestReader
{
    /// <summary>Reads a line without its LF. The outcome points into <paramref name="line"/>.</summary>
    /// <returns>True with <paramref name="request"/>, false with <paramref name="fault"/>.</returns>
    [SkipLocalsInit]
    public static bool TryRead(ReadOnlySpan<byte> line, out RpcRequest request, out RpcFault fault)
    {
        Span<JsonName> names = stackalloc JsonName[JsonNames.Capacity];
        var envelope = new RpcEnvelope(line, names);
        if (envelope.Read())
        {
            request = new RpcRequest { IdToken = line[envelope.Id], Method = Method(line[envelope.Method]), Params = line[envelope.Params] };
            fault = default;
            return true;
        }

        request = default;
        fault = Fault(line, envelope.Fault, envelope.Member, envelope.Id);
        return false;
    }

    private static RpcFault Fault(ReadOnlySpan<byte> line, LineFault fault, Range member, Range id)
    {
        var name = line[member];
        return new RpcFault
        {
            Code = LineFaults.Code(fault),
            Message = LineFaults.Message(fault),
            Member = name.IsEmpty || name.Length > ProtocolLimits.DetailNameBytes ? LineFaults.Member(fault) : name,
            IdToken = line[id],
        };
    }

    private static ReadOnlySpan<byte> Method(ReadOnlySpan<byte> raw)
    {
        // No method's name needs an escape. One that has some is decoded for the letter of the law, unless it is too long to
        // be any: then the raw text serves as well for "not found".
        if (raw.Length > ProtocolLimits.ActionBytes * JsonEscape.MaxShrink || !raw.Contains((byte)'\\'))
        {
            return raw;
        }

        var decoded = new byte[raw.Length];
        return decoded.AsSpan(0, JsonEscape.Decode(raw, decoded));
    }
}
