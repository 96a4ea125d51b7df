namespace ClearanceDaemon.Core.Grants.Saved;

/// <summary>The file of grants, as JSON has it.</summary>
internal sealed record SavedFile
{
    public required int Version { get; init; }

    public required string LatestWall { get; init; }

    /// <summary>Nothing keeps JSON from having nulls in it.</summary>
    public required SavedGrant?[] Grants { get; init; }
}
