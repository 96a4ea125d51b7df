using System.Text.Json.Serialization;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Parameters of <c>audit.read</c>: one page of records.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AuditReadParams
{
    /// <summary>Only records with a larger sequence number.</summary>
    public long? After { get; init; }

    /// <summary>Only records with a smaller sequence number.</summary>
    public long? Before { get; init; }

    /// <summary>The most records wanted, 1 to <see cref="ProtocolLimits.PageItems"/>, the default.</summary>
    public int? Limit { get; init; }

    /// <summary>Only records of this kind.</summary>
    public string? Kind { get; init; }

    /// <summary>True: the newest records first; default false, the oldest first.</summary>
    public bool? Newest { get; init; }
}
