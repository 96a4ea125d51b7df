using System.Runtime.InteropServices;
using UnixPeers.Native;

namespace UnixPeers;

/// <summary>Writes and reads <c>struct sockaddr_un</c>, with the exact lengths that abstract names need.</summary>
internal static class SocketAddressBytes
{
    private const int PathOffset = 2;

    /// <summary>Room for the longest address of any system.</summary>
    public const int MaxBytes = 128;

    public static byte[] Encode(ReadOnlySpan<byte> name, bool isAbstract, SystemNumbers numbers)
    {
        // A path is closed by a NUL, an abstract name is opened by one: the length is the same.
        var bytes = new byte[PathOffset + name.Length + 1];
        name.CopyTo(bytes.AsSpan(isAbstract ? PathOffset + 1 : PathOffset));
        if (numbers.AddressHasLength)
        {
            bytes[0] = (byte)bytes.Length;
            bytes[1] = SystemNumbers.AF_UNIX;
        }
        else
        {
            MemoryMarshal.Write(bytes, (ushort)SystemNumbers.AF_UNIX);
        }

        return bytes;
    }

    /// <summary>The name in an address the kernel returned; empty for an unnamed socket.</summary>
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> address, out bool isAbstract)
    {
        var name = address.Length > PathOffset ? address[PathOffset..] : default;
        isAbstract = name.Length > 1 && name[0] == 0;
        if (isAbstract)
        {
            return name[1..];
        }

        var end = name.IndexOf((byte)0);
        return end < 0 ? name : name[..end];
    }
}
