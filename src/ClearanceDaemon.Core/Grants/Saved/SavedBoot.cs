namespace ClearanceDaemon.Core.Grants.Saved;

/// <summary>The boot of a grant of the file, its end in milliseconds of that boot's clock.</summary>
internal sealed record SavedBoot
{
    public required string Id { get; init; }

    public long? ExpiresBoottime { get; init; }
}
