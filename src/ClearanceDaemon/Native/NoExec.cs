namespace ClearanceDaemon.Native;

/// <summary>
/// Takes the right to become another program from this process, all its threads and whatever they fork, for good. The
/// unit cannot: a filter of the service manager's is in force when it starts us, so it must let execve through.
/// </summary>
internal static partial class NoExec
{
    /// <summary>True when no program can be started from here on. Threads may run already.</summary>
    /// <param name="warn">Told what stands in the way where it should have worked.</param>
    public static bool Install(Action<string> warn)
    {
        if (!OperatingSystem.IsLinux())
        {
            return InstallOnMacOS();
        }

        if (InstallOnLinux() is { } problem)
        {
            warn($"the daemon starts no program, but here nothing forbids it: {problem}");
            return false;
        }

        return true;
    }
}
