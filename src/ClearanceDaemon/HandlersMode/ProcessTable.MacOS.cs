using ClearanceDaemon.Native;

namespace ClearanceDaemon.HandlersMode;

/// <content>No table is read here yet: a handler's process group is all that is ended. No Mac has run this code yet.</content>
internal static partial class ProcessTable
{
    private static List<ProcessEntry>? ReadNothing() => null;

    private static void KillGroup(ProcessEntry process) => LibC.kill(-process.Pid, LibC.SIGKILL);
}
