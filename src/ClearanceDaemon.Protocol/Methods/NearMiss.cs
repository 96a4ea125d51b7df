namespace ClearanceDaemon.Protocol.Methods;

/// <summary>A rule that would have matched but for one member, in <c>rules.explain</c>.</summary>
public sealed record NearMiss
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary><c>allow</c>, <c>ask</c> or <c>deny</c>.</summary>
    public required string Decision { get; init; }

    /// <summary>The member that failed, such as <c>resource</c> or <c>details.proto</c>.</summary>
    public required string Failed { get; init; }

    /// <summary>The matcher, as text.</summary>
    public required string Matcher { get; init; }

    /// <summary>What it met.</summary>
    public required string Why { get; init; }
}
