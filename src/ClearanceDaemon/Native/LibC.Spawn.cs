using System.Runtime.InteropServices;

namespace ClearanceDaemon.Native;

/// <summary>Starting a program (posix_spawn(3)). What the library keeps in the attributes and actions is its own; we give it room.</summary>
internal static unsafe partial class LibC
{
    /// <summary>Room for a posix_spawnattr_t (336 bytes in glibc), a posix_spawn_file_actions_t (80) or a sigset_t (128); pointers on macOS.</summary>
    public const int OpaqueBytes = 512;

    public const int ENOENT = 2;
    public const int E2BIG = 7;
    public const int ENOEXEC = 8;
    public const int EACCES = 13;

    [LibraryImport("libc")]
    public static partial int posix_spawn(int* pid, byte* path, void* actions, void* attributes, byte** argv, byte** envp);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_init(void* attributes);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_destroy(void* attributes);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_setflags(void* attributes, short flags);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_setsigdefault(void* attributes, void* signals);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_setsigmask(void* attributes, void* signals);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_init(void* actions);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_destroy(void* actions);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_adddup2(void* actions, int from, int to);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_addchdir_np(void* actions, byte* path);

    [LibraryImport("libc")]
    public static partial int sigemptyset(void* signals);

    [LibraryImport("libc")]
    public static partial int sigfillset(void* signals);
}
