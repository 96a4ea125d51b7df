using ClearanceDaemon.Core.Audit;
using Microsoft.Win32.SafeHandles;

namespace ClearanceDaemon.Core.Tests.Audit;

/// <summary>The real disk until told to fail: by errno, by taking only part of a write, or both.</summary>
internal sealed class FaultyDisk : AuditDisk
{
    public const int ENOSPC = 28;
    public const int EIO = 5;
    private int _syncs;

    public int WriteErrno { get; set; }

    /// <summary>Bytes of the next writes that get through.</summary>
    public int? ShortWrite { get; set; }

    public int TruncateErrno { get; set; }

    public volatile int SyncErrno;

    public int Writes { get; private set; }

    public int Syncs => Volatile.Read(ref _syncs);

    /// <summary>When set, a sync waits for it.</summary>
    public ManualResetEventSlim? SyncGate { get; set; }

    public override int Write(SafeFileHandle file, ReadOnlySpan<byte> bytes)
    {
        Writes++;
        return WriteErrno != 0 ? -WriteErrno : base.Write(file, bytes[..Math.Min(bytes.Length, ShortWrite ?? bytes.Length)]);
    }

    public override int Truncate(SafeFileHandle file, long length) =>
        TruncateErrno != 0 ? -TruncateErrno : base.Truncate(file, length);

    public override int Sync(SafeFileHandle file)
    {
        Interlocked.Increment(ref _syncs);
        SyncGate?.Wait();
        return SyncErrno != 0 ? -SyncErrno : base.Sync(file);
    }
}
