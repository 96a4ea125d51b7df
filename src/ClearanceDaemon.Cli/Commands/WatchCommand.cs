using System.CommandLine;
using ClearanceDaemon.Cli.Connecting;
using ClearanceDaemon.Cli.Inbox;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance watch</c>: the asks that wait, live; on a terminal one answers them there.</summary>
internal static class WatchCommand
{
    /// <summary>Events may be days apart: the longest a read can wait.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromDays(24);

    public static Command Create(CommandContext context)
    {
        var plain = new Option<bool>("--plain") { Description = "one line for each event, also on a terminal; nothing can be answered" };
        var json = CommandContext.Json("print each event as one line of JSON");
        var silent = new Option<bool>("--no-answer") { Description = "watch without counting as an operator who is there" };
        var verb = new Verb("watch", "Watch what is asked, and answer it.", """
            clearance watch
            clearance watch --no-answer --json | jq .type

            On a terminal: j k move, a allow once, A allow for longer, d deny, u undo, ? all keys, q quit.
            Elsewhere, with --plain or with TERM=dumb: a line for each event, until standard input, a pipe, is closed.
            Exit codes: 0 ended, 127 no trustworthy daemon, 130 interrupted.
            """);
        verb.Options.Add(plain);
        verb.Options.Add(json);
        verb.Options.Add(silent);
        verb.SetAction(parsed =>
        {
            var answers = !parsed.GetValue(silent);
            return IsInteractive(context.Surroundings, parsed.GetValue(plain) || parsed.GetValue(json))
                ? Live(context, parsed, answers)
                : Lines(context, parsed, answers, parsed.GetValue(json));
        });
        return verb;
    }

    private static bool IsInteractive(Surroundings surroundings, bool wantsLines) =>
        !wantsLines && surroundings.InIsTerminal() && surroundings.OutIsTerminal() && surroundings.Setting("TERM") != "dumb";

    private static int Lines(CommandContext context, ParseResult parsed, bool answers, bool json)
    {
        using var interrupt = context.Surroundings.ExitOnInterrupt(ExitCodes.Interrupted);
        using var client = context.Connect(parsed, SocketRole.Operator, Quiet);
        context.Surroundings.ExitOnInputEnd(ExitCodes.Ok);
        InboxLines.Follow(client, context.Terminal, answers, json);
        return ExitCodes.Ok;
    }

    private static int Live(CommandContext context, ParseResult parsed, bool answers)
    {
        var surroundings = context.Surroundings;
        using var queue = new InboxQueue();
        using var feed = new InboxFeed(() => context.Connect(parsed, SocketRole.Operator, Quiet), queue, answers);
        using var calls = new InboxCalls(() => DaemonLink.Open(SocketRole.Operator, context.Flags(parsed), surroundings, TimeSpan.Zero), queue);
        using var terminal = new InboxTerminal(0, surroundings.Out);
        feed.Open();
        using var signals = new InboxSignals(queue, terminal);
        feed.Start();
        calls.Start();
        var loop = new InboxLoop(terminal, queue, new InboxState { Answers = answers }, TimeProvider.System)
        {
            Call = calls.Send,
            HasColours = ColourMode.IsOn(context.Terminal.Colours, surroundings.OutIsTerminal, surroundings.Variable),
        };
        var quit = loop.Run();
        if (quit.Why is { } why)
        {
            context.Terminal.Complain($"clearance: {why}");
        }

        return quit.ExitCode;
    }
}
