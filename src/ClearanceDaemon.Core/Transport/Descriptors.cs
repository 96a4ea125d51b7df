using System.ComponentModel;
using System.Runtime.InteropServices;
using ClearanceDaemon.Core.Native;

namespace ClearanceDaemon.Core.Transport;

/// <summary>Flags of raw descriptors.</summary>
internal static class Descriptors
{
    private const int F_SETFD = 2;
    private const int FD_CLOEXEC = 1;

    /// <summary>Close-on-exec and non-blocking: for descriptors that are the reactor's alone.</summary>
    public static void MakePrivate(int descriptor)
    {
        Check(LibC.fcntl(descriptor, F_SETFD, FD_CLOEXEC));
        MakeNonBlocking(descriptor);
    }

    /// <summary>Non-blocking. The flag lives on the open file description: whoever shares a listener shares it.</summary>
    public static void MakeNonBlocking(int descriptor)
    {
        var flags = LibC.fcntl(descriptor, LibC.F_GETFL, 0);
        Check(flags);
        Check(LibC.fcntl(descriptor, LibC.F_SETFL, flags | SocketFlags.NonBlocking));
    }

    private static void Check(int result)
    {
        if (result < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "fcntl failed");
        }
    }
}
