namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Whose asks a grant answers.</summary>
public sealed record GrantSubject
{
    /// <summary>The user id.</summary>
    public required uint Uid { get; init; }

    /// <summary>The socket.</summary>
    public required string Via { get; init; }
}
