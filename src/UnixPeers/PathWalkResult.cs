namespace UnixPeers;

/// <summary>
/// Where a walk ended: at the whole path (<see cref="Status"/> is the last component's), at a component that
/// is not there (<see cref="Missing"/>; the status is its directory's), or at one that can't be trusted (<see cref="Refusal"/>).
/// </summary>
internal readonly record struct PathWalkResult(FileStatus Status, string? Missing, string? Refusal);
