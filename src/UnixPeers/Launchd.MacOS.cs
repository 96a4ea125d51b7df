using System.Runtime.Versioning;
using UnixPeers.Native;

namespace UnixPeers;

/// <summary>The real launchd.</summary>
[SupportedOSPlatform("macos")]
internal sealed class Launchd : ILaunchd
{
    public unsafe int ActivateSocket(string name, out int[] descriptors)
    {
        int* array = null;
        nuint count = 0;
        int errno = LibSystem.launch_activate_socket(name, &array, &count);
        try
        {
            descriptors = errno == 0 && array is not null ? new ReadOnlySpan<int>(array, checked((int)count)).ToArray() : [];
            return errno;
        }
        finally
        {
            // The array is ours, whatever is done with the descriptors.
            LibC.free(array);
        }
    }
}
