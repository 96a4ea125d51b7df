using System.ComponentModel;
using System.Runtime.InteropServices;
using CoreLibC = ClearanceDaemon.Core.Native.LibC;

namespace ClearanceDaemon.Native;

/// <summary>A pipe's two ends, both close-on-exec. Owned by whoever made it.</summary>
internal readonly record struct Pipe(int ReadEnd, int WriteEnd)
{
    private const int F_SETFD = 2;
    private const int FD_CLOEXEC = 1;

    /// <exception cref="Win32Exception">No descriptors are left.</exception>
    public static unsafe Pipe Create()
    {
        var ends = stackalloc int[2];
        var failed = OperatingSystem.IsLinux() ? LibC.pipe2(ends, LibC.LinuxProcess.O_CLOEXEC) : CoreLibC.pipe(ends);
        if (failed < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "no pipe can be made; raise the limit on open files (LimitNOFILE=)");
        }

        if (!OperatingSystem.IsLinux())
        {
            _ = CoreLibC.fcntl(ends[0], F_SETFD, FD_CLOEXEC);
            _ = CoreLibC.fcntl(ends[1], F_SETFD, FD_CLOEXEC);
        }

        return new(ends[0], ends[1]);
    }

    public void Close()
    {
        _ = CoreLibC.close(ReadEnd);
        _ = CoreLibC.close(WriteEnd);
    }
}
