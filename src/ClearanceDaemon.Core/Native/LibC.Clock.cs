using System.Runtime.InteropServices;

namespace ClearanceDaemon.Core.Native;

internal static partial class LibC
{
    /// <param name="clock">A clock's number, which differs by system.</param>
    /// <param name="timespec">Seconds and nanoseconds, one machine word each.</param>
    [LibraryImport("libc", SetLastError = true)]
    public static unsafe partial int clock_gettime(int clock, nint* timespec);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int sysctlbyname(string name, byte* value, nuint* length, nint newValue, nuint newLength);
}
