namespace ClearanceDaemon.Native;

/// <summary>Numbers of Darwin's spawn.h. No Mac has run this code yet.</summary>
internal static unsafe partial class LibC
{
    /// <summary>Numbers that Linux spells differently.</summary>
    public static class MacSpawn
    {
        public const short POSIX_SPAWN_SETSIGDEF = 0x0004;
        public const short POSIX_SPAWN_SETSIGMASK = 0x0008;
        public const short POSIX_SPAWN_SETSID = 0x0400;

        /// <summary>Everything but what the actions name is closed in the child.</summary>
        public const short POSIX_SPAWN_CLOEXEC_DEFAULT = 0x4000;
    }
}
