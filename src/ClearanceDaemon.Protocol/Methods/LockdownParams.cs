using System.Text.Json.Serialization;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Parameters of <c>daemon.lockdown</c>. Without <see cref="On"/> it only tells.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LockdownParams
{
    /// <summary>True: deny everything and revoke all grants, until lifted. False: lift it.</summary>
    public bool? On { get; init; }

    /// <summary>Shown with every denial, at most <see cref="ProtocolLimits.ReasonBytes"/>.</summary>
    public string? Reason { get; init; }
}
