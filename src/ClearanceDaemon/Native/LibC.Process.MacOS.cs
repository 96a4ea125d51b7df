namespace ClearanceDaemon.Native;

/// <summary>Numbers of macOS for processes. No Mac has run this code yet.</summary>
internal static partial class LibC
{
    /// <summary>Numbers that Linux spells differently.</summary>
    public static class MacProcess
    {
        public const int SIGCHLD = 20;
        public const int WNOWAIT = 0x20;

        /// <summary>Where waitid(2) puts si_status in siginfo_t.</summary>
        public const int StatusOffset = 20;
    }
}
