namespace ClearanceDaemon.Core.Grants;

/// <summary>What decides which grants of the file still stand.</summary>
internal sealed record GrantLoadTerms
{
    /// <summary>The last audit record; a grant decided after it was never recorded, and is dropped.</summary>
    public required long AuditSeq { get; init; }

    /// <summary>A time that is known to have passed, such as that of the last audit record.</summary>
    public DateTimeOffset? WallFloor { get; init; }

    /// <summary>Whether the process of that id, with that inode of its pidfd, still lives; a grant until its exit is dropped if not.</summary>
    public Func<int, ulong, bool> IsAlive { get; init; } = static (_, _) => false;
}
