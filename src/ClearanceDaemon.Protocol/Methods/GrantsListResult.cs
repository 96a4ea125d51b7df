namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Answer to <c>grants.list</c>.</summary>
public sealed record GrantsListResult
{
    /// <summary>The grants in force.</summary>
    public required GrantItem[] Items { get; init; }

    /// <summary>The <c>after</c> of the next page; absent on the last.</summary>
    public long? Next { get; init; }
}
