using System.CommandLine;
using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance exec</c>: asks about a command line, and becomes that command when it is allowed.</summary>
internal static class ExecCommand
{
    /// <summary>The detail that names the file which will run.</summary>
    private const string ProgramDetail = "program";

    public static Command Create(CommandContext context)
    {
        var flags = new AskFlags();
        var verb = new Verb("exec", "Ask for clearance to run a command, and become it when that is allowed.", """
            clearance exec --action shell.exec -- rm -r build
            clearance exec --action deploy.prod --reason "release 1.2" --wait 5m -- ./deploy --all

            The exit code is the command's. Where it did not run: 1 denied, 2 no operator, 3 timed out or withdrawn,
            4 abstained, 126 bad usage or no program, 127 no trustworthy answer or no such command, 130 interrupted.
            """);
        flags.AddTo(verb);
        verb.SetAction(parsed => Run(context, parsed, flags));
        return verb;
    }

    private static int Run(CommandContext context, ParseResult parsed, AskFlags flags)
    {
        if (flags.Argv(parsed) is not [{ Length: > 0 } name, ..] argv)
        {
            throw new UsageException("there is no command to run. Put it after --.");
        }

        var wait = flags.Wait(parsed);
        var program = ProgramFile.Find(name, context.Surroundings.Variable("PATH") ?? ProgramFile.DefaultPath);
        var result = Asking.Read(Asking.Put(context, parsed, flags.Whole(parsed, new Detail(ProgramDetail, program.Path))!, wait));
        var exitCode = Asking.ExitCodeOf(result.Outcome);
        if (exitCode != ExitCodes.Allowed)
        {
            // Standard output is the command's.
            context.Terminal.Complain($"clearance: {OutcomeLine.Of(context.Terminal, result, waited: wait > TimeSpan.Zero)}");
            return exitCode;
        }

        if (!program.IsUnchanged())
        {
            throw new NoAnswerException($"{program.Path} was changed while the ask waited, so it was not run. Ask again.");
        }

        throw new UsageException($"{program.Path} cannot be run: {Successor.Become(program.Path, argv)}.");
    }
}
