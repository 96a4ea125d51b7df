using System.CommandLine;
using ClearanceDaemon.Cli.GitCredential;
using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>
/// <c>clearance git-credential</c>: stands before a credential helper of git. It asks before a credential is handed on, and
/// becomes the helper when that is allowed.
/// </summary>
internal static class GitCredentialCommand
{
    /// <summary>Git then neither tries the next helper nor asks at the terminal (git-credential(1)).</summary>
    private const string Quit = "quit=1";

    public static Command Create(CommandContext context)
    {
        var wait = new WaitFlag();
        var words = new TrailingWords("HELPER", "the helper as git names it, after --, and last what git puts there");
        var verb = new Verb("git-credential", "Ask for clearance before a credential helper of git hands a credential on.", """
            git config --global credential.helper '!clearance git-credential -- store'
            git config --global credential.helper '!clearance git-credential --wait 5m -- /usr/bin/pass-git-helper'

            Exit codes: the helper's; where it did not run, those of ask. Git is told to quit unless it is allowed.
            """)
        { Refusal = Quit };
        verb.Arguments.Add(words.Argument);
        verb.Options.Add(wait.Option);
        verb.SetAction(parsed => Run(context, parsed, words.Read(parsed), wait));
        return verb;
    }

    private static int Run(CommandContext context, ParseResult parsed, string[] words, WaitFlag wait)
    {
        if (words is not [{ Length: > 0 }, .., var operation])
        {
            throw new UsageException("git-credential: the helper is missing. Write it after --, and let git put get, store or erase last.");
        }

        if (operation is not ("get" or "store" or "erase"))
        {
            // Helpers are to ignore what they do not know; what it would hand out is not known either.
            return ExitCodes.Ok;
        }

        var helper = HelperCommand.Of(words[..^1], operation, context.Surroundings.Variable("PATH") ?? ProgramFile.DefaultPath);
        return operation == "get" ? Get(context, parsed, helper, wait) : throw helper.Become();
    }

    private static int Get(CommandContext context, ParseResult parsed, HelperCommand helper, WaitFlag wait)
    {
        var input = CredentialInput.Read(context.Surroundings.In);
        var draft = CredentialRequest.Parse(input).Draft();
        var result = Asking.Read(Asking.Put(context, parsed, draft.Parameters(wait.Text(parsed)), wait.Value(parsed)));
        var exitCode = Asking.ExitCodeOf(result.Outcome);
        if (exitCode != ExitCodes.Allowed)
        {
            context.Terminal.Script(Quit);
            context.Terminal.Complain($"clearance: {OutcomeLine.Of(context.Terminal, result, waited: wait.Value(parsed) > TimeSpan.Zero)}");
            return exitCode;
        }

        CredentialInput.LayBack(input);
        throw helper.Become();
    }
}
