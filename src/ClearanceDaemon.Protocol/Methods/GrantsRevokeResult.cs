namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Answer to <c>grants.revoke</c>: they answer nothing any more, on disk too.</summary>
public sealed record GrantsRevokeResult
{
    /// <summary>How many.</summary>
    public required int Revoked { get; init; }
}
