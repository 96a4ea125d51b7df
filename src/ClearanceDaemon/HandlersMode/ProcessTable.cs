namespace ClearanceDaemon.HandlersMode;

/// <summary>The system's processes. Reading them all takes milliseconds: not for the reactor's thread.</summary>
internal static partial class ProcessTable
{
    /// <summary>Every process that can be seen; null where the system has no such table for us.</summary>
    public static List<ProcessEntry>? Read() => OperatingSystem.IsLinux() ? ReadProc() : ReadNothing();

    /// <summary>Kills a process if it is still the one that was read.</summary>
    public static void Kill(ProcessEntry process)
    {
        if (OperatingSystem.IsLinux())
        {
            KillPinned(process);
        }
        else
        {
            KillGroup(process);
        }
    }
}
