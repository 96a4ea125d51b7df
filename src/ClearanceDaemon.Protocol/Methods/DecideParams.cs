using System.Text.Json.Serialization;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Parameters of <c>clearance.decide</c>: a person's verdict on a pending ask.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DecideParams
{
    /// <summary>The ask's id.</summary>
    public required string Id { get; init; }

    /// <summary>The digest that was shown with it.</summary>
    public required string Digest { get; init; }

    /// <summary>One of <see cref="VerdictWord"/>.</summary>
    public required string Verdict { get; init; }

    /// <summary>For how long; once by default.</summary>
    public GrantScope? Scope { get; init; }

    /// <summary>The members the grant is bound to, of <see cref="BindMember"/> and <c>details.NAME</c>; all by default.</summary>
    public string[]? Bind { get; init; }

    /// <summary>For the asker, at most <see cref="ProtocolLimits.ReasonBytes"/>.</summary>
    public string? Reason { get; init; }
}
