using ClearanceDaemon.Cli.Tests.Processes;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary><c>clearance watch</c> on a pseudo-terminal of its own, against a scripted daemon.</summary>
internal sealed class PtyRun(FakeDaemon daemon, string[] args, int columns = 80, int rows = 24, string typedAhead = "", bool hasShell = true, params (string Name, string? Value)[] variables)
    : PtyProcess(Start(daemon, Command(columns, rows, typedAhead, hasShell, [RealProcess.Program, "watch", .. args]), variables))
{
    private static System.Diagnostics.Process Start(FakeDaemon daemon, string[] command, (string Name, string? Value)[] variables) => RealProcess.Start(
        command[0], command[1..], [("CLEARANCE_OPERATOR_SOCKET", daemon.Path), ("TERM", "xterm"), ("NO_COLOR", null), .. variables]);
}
