using ClearanceDaemon.Core.Native;
using Microsoft.Win32.SafeHandles;

namespace ClearanceDaemon.Core.Audit;

/// <summary>The three calls whose failure the log must survive, as one seam: a result, or a negated errno.</summary>
internal class AuditDisk
{
    public virtual int Write(SafeFileHandle file, ReadOnlySpan<byte> bytes) => NativeFile.Write(file, bytes);

    public virtual int Truncate(SafeFileHandle file, long length) => NativeFile.Truncate(file, length);

    public virtual int Sync(SafeFileHandle file) => NativeFile.Sync(file);
}
