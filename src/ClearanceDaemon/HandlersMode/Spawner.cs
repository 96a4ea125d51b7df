using ClearanceDaemon.Native;

namespace ClearanceDaemon.HandlersMode;

/// <summary>
/// The one place that starts programs: each in a session of its own, with every signal at its default and none blocked
/// (the runtime ignores SIGPIPE, and exec keeps that), and with the descriptors it is given and no others.
/// </summary>
internal static unsafe class Spawner
{
    private const int FirstOther = 3;

    private static readonly short Flags = (short)(OperatingSystem.IsMacOS()
        ? LibC.MacSpawn.POSIX_SPAWN_SETSIGDEF | LibC.MacSpawn.POSIX_SPAWN_SETSIGMASK | LibC.MacSpawn.POSIX_SPAWN_SETSID | LibC.MacSpawn.POSIX_SPAWN_CLOEXEC_DEFAULT
        : LibC.LinuxSpawn.POSIX_SPAWN_SETSIGDEF | LibC.LinuxSpawn.POSIX_SPAWN_SETSIGMASK | LibC.LinuxSpawn.POSIX_SPAWN_SETSID);

    /// <summary>Returns 0, or the errno of what failed: making the process, entering its directory, or executing the program.</summary>
    /// <param name="launch">What to start.</param>
    /// <param name="pid">The child, which the caller waits for.</param>
    public static int Start(Launch launch, out int pid)
    {
        using var command = new NativeStrings(launch.Command);
        using var environment = new NativeStrings(launch.Environment);
        using var directory = new NativeStrings(launch.Directory);
        var attributes = stackalloc long[LibC.OpaqueBytes / sizeof(long)];
        var actions = stackalloc long[LibC.OpaqueBytes / sizeof(long)];
        if (LibC.posix_spawnattr_init(attributes) is var noAttributes and not 0)
        {
            pid = 0;
            return noAttributes;
        }

        if (LibC.posix_spawn_file_actions_init(actions) is var noActions and not 0)
        {
            pid = 0;
            _ = LibC.posix_spawnattr_destroy(attributes);
            return noActions;
        }

        var errno = SetSignals(attributes);
        errno = errno != 0 ? errno : SetDescriptors(actions, launch);
        errno = errno != 0 ? errno : LibC.posix_spawn_file_actions_addchdir_np(actions, directory.First);
        var started = 0;
        errno = errno != 0 ? errno : LibC.posix_spawn(&started, command.First, actions, attributes, command.Pointers, environment.Pointers);
        pid = errno == 0 ? started : 0;
        _ = LibC.posix_spawn_file_actions_destroy(actions);
        _ = LibC.posix_spawnattr_destroy(attributes);
        return errno;
    }

    private static int SetSignals(void* attributes)
    {
        var signals = stackalloc long[LibC.OpaqueBytes / sizeof(long)];
        _ = LibC.sigfillset(signals);
        var errno = LibC.posix_spawnattr_setsigdefault(attributes, signals);
        _ = LibC.sigemptyset(signals);
        errno = errno != 0 ? errno : LibC.posix_spawnattr_setsigmask(attributes, signals);
        return errno != 0 ? errno : LibC.posix_spawnattr_setflags(attributes, Flags);
    }

    private static int SetDescriptors(void* actions, Launch launch)
    {
        var errno = LibC.posix_spawn_file_actions_adddup2(actions, launch.Input, 0);
        errno = errno != 0 ? errno : LibC.posix_spawn_file_actions_adddup2(actions, launch.Output, 1);
        errno = errno != 0 ? errno : LibC.posix_spawn_file_actions_adddup2(actions, launch.Errors, 2);
        var hasThird = launch.Third >= 0;
        errno = errno != 0 || !hasThird ? errno : LibC.posix_spawn_file_actions_adddup2(actions, launch.Third, FirstOther);
        return errno != 0 || !OperatingSystem.IsLinux() ? errno : LibC.AddCloseFrom(actions, hasThird ? FirstOther + 1 : FirstOther);
    }
}
