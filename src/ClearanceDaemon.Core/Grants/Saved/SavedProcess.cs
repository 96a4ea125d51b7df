namespace ClearanceDaemon.Core.Grants.Saved;

/// <summary>The process of a grant of the file.</summary>
internal sealed record SavedProcess
{
    public required int Pid { get; init; }

    public required ulong Inode { get; init; }
}
