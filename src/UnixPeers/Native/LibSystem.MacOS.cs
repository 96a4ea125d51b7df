using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace UnixPeers.Native;

/// <summary>The one call of macOS's libSystem that no other system has.</summary>
[SupportedOSPlatform("macos")]
internal static unsafe partial class LibSystem
{
    [LibraryImport("libSystem", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int launch_activate_socket(string name, int** fds, nuint* count);
}
