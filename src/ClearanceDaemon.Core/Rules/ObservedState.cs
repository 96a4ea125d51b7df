namespace ClearanceDaemon.Core.Rules;

/// <summary>How far the facts about a peer's process can be believed.</summary>
internal enum ObservedState : byte
{
    /// <summary>Read while the pinned process lived, and equal to what was pinned.</summary>
    Known,

    /// <summary>Could not be read, or the process has gone.</summary>
    Unknown,

    /// <summary>Differs from what was pinned when the peer connected.</summary>
    Changed,
}
