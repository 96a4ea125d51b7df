using System.Runtime.InteropServices;
using ClearanceDaemon.Native;
using UnixPeers;

namespace ClearanceDaemon.HandlersMode;

/// <summary>Looks at a program once more and starts it, or says in one sentence why not and what to do. Not for the reactor's thread: both may be slow.</summary>
internal static class ProgramStart
{
    public static StartAttempt Try(HandlerProgram program, ProgramPipes pipes)
    {
        // Now, not when its manifest was read: whoever could write it decides what our user executes.
        if (program.File is not null && TrustedPath.Refusal(program.Command[0]) is { } refusal)
        {
            return new(0, $"{program.Name} was not started: {refusal}");
        }

        using var nothing = program.Talks ? null : File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        var none = (int?)nothing?.DangerousGetHandle() ?? -1;
        var launch = new Launch
        {
            Command = program.Command,
            Environment = program.Environment,
            Directory = program.Directory,
            Input = nothing is null ? pipes.Theirs.Input : none,
            Output = nothing is null ? pipes.Theirs.Output : none,
            Errors = pipes.Theirs.Errors,
        };
        var errno = Spawner.Start(launch, out var pid);
        return errno == 0 ? new(pid, null) : new(0, Problem(program, errno));
    }

    private static string Problem(HandlerProgram program, int errno)
    {
        var path = program.Command[0];
        var advice = errno switch
        {
            LibC.ENOENT when !Directory.Exists(program.Directory) => $"there is no directory {program.Directory}; create it, or change \"cwd\"",
            LibC.ENOENT when File.Exists(path) => "the program that its first line names, or its loader, is not there; install that",
            LibC.ENOENT => "there is no such program; install it, or change \"exec\"",
            LibC.EACCES when !Directory.Exists(program.Directory) => $"the directory {program.Directory} cannot be entered; change \"cwd\" or its mode",
            LibC.EACCES => $"it may not be executed; run: chmod u+x {path}",
            LibC.ENOEXEC => "it is no program and has no first line #!/path/of/interpreter; add one",
            LibC.E2BIG => "its arguments and variables are longer than the system takes; shorten \"exec\" or \"env\"",
            _ => "see the limits of this user and of the service",
        };
        var where = program.File is null ? "" : $" ({program.File})";
        return $"{program.Name} was not started: {path}: {Marshal.GetPInvokeErrorMessage(errno)}: {advice}{where}";
    }
}
