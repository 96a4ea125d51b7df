namespace ClearanceDaemon.Core.Grants;

/// <summary>What the file holds.</summary>
/// <param name="LatestWall">The latest wall time ever seen when it was written.</param>
/// <param name="Grants">As they were written; what time and processes did since is for <see cref="GrantClock"/> and the caller.</param>
internal sealed record GrantsOnDisk(DateTimeOffset LatestWall, IReadOnlyList<Grant> Grants)
{
    public static readonly GrantsOnDisk None = new(DateTimeOffset.MinValue, []);
}
