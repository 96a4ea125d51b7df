namespace ClearanceDaemon.Core.Grants;

/// <summary>A process of one boot, so that it can be found again after a restart of the daemon.</summary>
/// <param name="Pid">Its id, which may be given to another process later.</param>
/// <param name="Inode">The inode of its pidfd, which is not; 0 where the kernel has none, and then it can't be found again.</param>
internal readonly record struct ProcessRef(int Pid, ulong Inode);
