using Microsoft.Win32.SafeHandles;

namespace ClearanceDaemon.Core.Audit;

/// <summary>What one round of the syncer does, taken in one piece from what the reactor left for it.</summary>
internal sealed record SyncWork(
    SafeFileHandle? File,
    bool NewFile,
    AuditChain Head,
    AnchorReason? Anchor,
    List<TaskCompletionSource<bool>> Waiters,
    List<SafeFileHandle> Retired,
    List<AuditFileName> Removals);
