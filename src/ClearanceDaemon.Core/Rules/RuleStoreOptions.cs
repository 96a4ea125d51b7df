namespace ClearanceDaemon.Core.Rules;

/// <summary>Where rules come from and how their store reaches the outer world.</summary>
internal sealed class RuleStoreOptions
{
    /// <summary>The directories of rule files; their order does not matter.</summary>
    public required IReadOnlyList<string> Directories { get; init; }

    /// <summary>Directories of other files that are read whenever the rules are: a change in them is told as one of the rules.</summary>
    public IReadOnlyList<string> WatchedToo { get; init; } = [];

    /// <summary>A person named the directories, so a missing one is a problem: a misspelt path must not switch its denies off.</summary>
    public bool AreNamed { get; init; }

    /// <summary>Null for a file or directory that only we or root can change, else the sentence why not. Must refuse what is no regular file or directory.</summary>
    public required Func<string, string?> Trust { get; init; }

    /// <summary>Device and inode of the file at a path, without waiting for a file system that hangs; null when there is none.</summary>
    public Func<string, (ulong Device, ulong Inode)?>? FileIdentity { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long the files must rest before a change is read: an editor writes a file in several steps.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMilliseconds(200);
}
