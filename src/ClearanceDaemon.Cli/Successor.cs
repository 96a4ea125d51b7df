using System.Runtime.InteropServices;
using ClearanceDaemon.Cli.Native;

namespace ClearanceDaemon.Cli;

/// <summary>
/// The only place where this program becomes another one: the same process, environment, directory and open files, no shell.
/// What the runtime opened for itself is close-on-exec, and the handlers it set end with this program.
/// </summary>
internal static class Successor
{
    /// <summary>Becomes <paramref name="program"/>; returns only when that failed, with the reason.</summary>
    /// <param name="program">A path; nothing is searched for.</param>
    /// <param name="argv">The whole command line, the name it is called by first.</param>
    public static string Become(string program, IEnumerable<string> argv)
    {
        // The runtime ignores SIGPIPE, and execve(2) hands that on: a pipeline would no longer end with its reader.
        var before = LibC.signal(LibC.SIGPIPE, LibC.SIG_DFL);
        _ = LibC.execv(program, [.. argv, null]);
        var reason = Marshal.GetLastPInvokeErrorMessage();
        _ = LibC.signal(LibC.SIGPIPE, before);
        return reason;
    }
}
