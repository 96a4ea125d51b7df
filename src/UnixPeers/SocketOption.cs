using System.Runtime.InteropServices;
using UnixPeers.Native;

namespace UnixPeers;

/// <summary>Reads socket options of raw descriptors.</summary>
internal static class SocketOption
{
    internal static readonly SocketOptionReader FromKernel = Read;

    internal static unsafe int Read(int descriptor, int level, int option, Span<byte> value, out int length)
    {
        fixed (byte* start = value)
        {
            uint size = (uint)value.Length;
            int result = LibC.getsockopt(descriptor, level, option, start, &size);
            int errno = result == 0 ? 0 : Marshal.GetLastPInvokeError();
            length = (int)size;
            return errno;
        }
    }

    /// <summary>An option that is one C int; anything but four bytes counts as an invalid argument.</summary>
    internal static int ReadInt(SocketOptionReader reader, int descriptor, int level, int option, out int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        int errno = reader(descriptor, level, option, bytes, out int length);
        value = errno == 0 && length == sizeof(int) ? MemoryMarshal.Read<int>(bytes) : 0;
        return errno == 0 && length != sizeof(int) ? LibC.EINVAL : errno;
    }
}
