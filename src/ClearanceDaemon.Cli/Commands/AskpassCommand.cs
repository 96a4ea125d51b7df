using System.CommandLine;
using ClearanceDaemon.Cli.Askpass;
using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>
/// <c>clearance askpass</c>: what OpenSSH runs as SSH_ASKPASS. It confirms, and never asks for a passphrase: a secret has no
/// place in an ask.
/// </summary>
internal static class AskpassCommand
{
    /// <summary>What OpenSSH wants: <c>confirm</c> a yes or no, <c>none</c> an announcement, not set a passphrase (readpass.c, 8.2 and later).</summary>
    private const string KindVariable = "SSH_ASKPASS_PROMPT";

    public static Command Create(CommandContext context)
    {
        var wait = new WaitFlag();
        var prompt = new TrailingWords("PROMPT", "the sentence OpenSSH shows, after --");
        var verb = new Verb("askpass", "Confirm the use of an SSH key, as the SSH_ASKPASS of ssh-agent.", """
            SSH_ASKPASS=clearance-askpass SSH_ASKPASS_REQUIRE=force ssh-agent -a ~/.ssh/agent.sock
            SSH_ASKPASS_PROMPT=confirm clearance askpass -- "Allow forwarding?"

            Exit codes: 0 yes, 1 no, 126 bad usage, 127 no trustworthy answer. Whatever is not 0 means no.
            """);
        verb.Arguments.Add(prompt.Argument);
        verb.Options.Add(wait.Option);
        verb.SetAction(parsed => Run(context, parsed, Only(prompt.Read(parsed)), wait));
        return verb;
    }

    private static string Only(string[] words) => words is [var prompt] ? prompt : throw new UsageException("askpass: OpenSSH gives one sentence. Write it after --.");

    private static int Run(CommandContext context, ParseResult parsed, string prompt, WaitFlag wait) => context.Surroundings.Setting(KindVariable) switch
    {
        "confirm" => Confirm(context, parsed, AgentPrompt.Draft(prompt), wait),
        "none" => Announce(context, prompt),
        _ => RefuseSecret(context),
    };

    private static int Confirm(CommandContext context, ParseResult parsed, AskDraft draft, WaitFlag wait)
    {
        var result = Asking.Read(Asking.Put(context, parsed, draft.Parameters(wait.Text(parsed)), wait.Value(parsed)));
        if (Asking.ExitCodeOf(result.Outcome) == ExitCodes.Allowed)
        {
            // OpenSSH takes an empty answer for a yes.
            return ExitCodes.Allowed;
        }

        context.Terminal.Complain($"clearance: {OutcomeLine.Of(context.Terminal, result, waited: wait.Value(parsed) > TimeSpan.Zero)}");
        return ExitCodes.Denied;
    }

    /// <summary>
    /// On standard error, and on the desktop where there is one, because ssh-agent's standard error leads nowhere. OpenSSH does not
    /// heed how this ends.
    /// </summary>
    private static int Announce(CommandContext context, string prompt)
    {
        context.Terminal.Complain($"clearance: {prompt}");
        if (SearchPath.Find("notify-send", context.Surroundings.Setting("PATH")) is { } notifier)
        {
            // The summary of a notification is plain text; its body would be read as markup.
            _ = Successor.Become(notifier, ["notify-send", "--app-name=clearance", "--", SafeText.Of($"{prompt}").ToString()]);
        }

        return ExitCodes.Ok;
    }

    private static int RefuseSecret(CommandContext context)
    {
        context.Terminal.Complain($"clearance: askpass only confirms, and takes no passphrase. Load the key in a terminal: ssh-add -c FILE.");
        return ExitCodes.Denied;
    }
}
