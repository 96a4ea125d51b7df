using System.CommandLine;
using System.Runtime.InteropServices;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance pending</c>: the asks that wait for a person, in short or whole.</summary>
internal static class PendingCommand
{
    public static Command Create(CommandContext context)
    {
        var ids = new Argument<string[]>("ID") { Description = "show these whole; the first digits of an id will do", Arity = ArgumentArity.ZeroOrMore };
        var whole = new Option<bool>("--verbose", "-v") { Description = "show every ask whole" };
        var limit = new Option<int?>("--limit") { Description = "at most so many, the oldest", HelpName = "N" };
        var json = CommandContext.Json("print each ask as one line of JSON, with its true text");
        var verb = new Verb("pending", "List the asks that wait for a person.", """
            clearance pending
            clearance pending 7f3a
            clearance pending --json | jq -r .id

            Exit codes: 0 done, 1 an id is of no ask that waits, 126 bad usage, 127 no trustworthy answer.
            """);
        verb.Arguments.Add(ids);
        verb.Options.Add(whole);
        verb.Options.Add(limit);
        verb.Options.Add(json);
        ids.CompletionSources.Add(completion => IdCompletions.Pending(context, completion));
        verb.SetAction(parsed => Run(context, parsed, parsed.GetValue(ids) ?? [], Limit(parsed.GetValue(limit)), parsed.GetValue(whole), parsed.GetValue(json)));
        return verb;
    }

    private static int Limit(int? value) => value switch
    {
        null => int.MaxValue,
        > 0 => value.Value,
        _ => throw new UsageException($"--limit {value}: ask for one at least, or leave it out for all."),
    };

    private static int Run(CommandContext context, ParseResult parsed, string[] ids, int limit, bool whole, bool json)
    {
        Array.ForEach(ids, IdPrefix.Require);
        using var client = context.Connect(parsed, SocketRole.Operator);

        // An id may stand for any of them, so all are looked at.
        var waiting = Pages.Pending(client, ids.Length > 0 ? int.MaxValue : limit);
        if (ids.Length == 0)
        {
            Print(context, waiting, whole, json);
            return ExitCodes.Ok;
        }

        var worst = ExitCodes.Ok;
        foreach (var id in ids)
        {
            if (IdPrefix.Find(waiting, id, "ask", "clearance pending", out var failure) is { } found)
            {
                Print(context, [found], whole: true, json);
            }
            else
            {
                context.Terminal.Complain($"clearance: {failure.Message}");
                worst = Math.Max(worst, failure.ExitCode);
            }
        }

        return worst;
    }

    private static void Print(CommandContext context, List<Listed<PendingItem>> waiting, bool whole, bool json)
    {
        var ages = new Ages(context.Surroundings.Clock);
        if (waiting.Count == 0)
        {
            context.Terminal.Tell($"no ask waits");
        }
        else if (!json && !whole)
        {
            PendingTable.Print(context.Terminal, waiting, ages);
        }

        foreach (var ask in json || whole ? waiting : [])
        {
            if (json)
            {
                context.Terminal.Json(JsonMarshal.GetRawUtf8Value(ask.Json));
            }
            else
            {
                new PendingView(context.Terminal, ask.Item, ages).Print();
            }
        }
    }
}
