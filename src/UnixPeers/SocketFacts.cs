using UnixPeers.Native;

namespace UnixPeers;

/// <summary>What kind of socket a descriptor is: the checks an inherited one must pass.</summary>
internal static partial class SocketFacts
{
    /// <summary>Why a descriptor is not a listening Unix stream socket.</summary>
    /// <returns>null when it is one.</returns>
    internal static string? NotAListener(int descriptor)
    {
        if (OperatingSystem.IsLinux())
        {
            return NotAListenerLinux(descriptor);
        }

        return OperatingSystem.IsMacOS() ? NotAListenerMacOS(descriptor) : "this system is not supported";
    }

    private static unsafe bool IsConnected(int descriptor)
    {
        // struct sockaddr_storage is 128 bytes everywhere; the address itself is not looked at.
        byte* address = stackalloc byte[128];
        uint length = 128;
        return LibC.getpeername(descriptor, address, &length) == 0;
    }
}
