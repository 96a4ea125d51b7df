namespace ClearanceDaemon.Native;

/// <summary>macOS has no call for it but sandbox_init(3), which is deprecated.</summary>
internal static partial class NoExec
{
    private static bool InstallOnMacOS() => false;
}
