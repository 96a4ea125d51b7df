using System.Diagnostics;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>Starts what a test needs done by another program.</summary>
internal static class Children
{
    /// <summary>Its exit code.</summary>
    public static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
