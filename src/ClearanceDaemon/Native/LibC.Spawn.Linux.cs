using System.Runtime.InteropServices;

namespace ClearanceDaemon.Native;

/// <summary>Numbers and calls of glibc's spawn.h.</summary>
internal static unsafe partial class LibC
{
    /// <summary>Numbers that macOS spells differently.</summary>
    public static class LinuxSpawn
    {
        public const short POSIX_SPAWN_SETSIGDEF = 0x04;
        public const short POSIX_SPAWN_SETSIGMASK = 0x08;
        public const short POSIX_SPAWN_SETSID = 0x80;
    }

    private static readonly delegate* unmanaged<void*, int, int> CloseFrom =
        NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "posix_spawn_file_actions_addclosefrom_np", out var export)
            ? (delegate* unmanaged<void*, int, int>)export
            : null;

    /// <summary>Closes every descriptor from a number on in the child, where the library can (glibc 2.34); else they must all be close-on-exec.</summary>
    public static int AddCloseFrom(void* actions, int first) => CloseFrom == null ? 0 : CloseFrom(actions, first);
}
