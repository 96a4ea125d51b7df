using System.CommandLine;
using ClearanceDaemon.Cli.Doctor;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance handlers list</c>: every handler, and what is wrong with any.</summary>
internal static class HandlersListCommand
{
    public static Command Create(CommandContext context)
    {
        var verb = new Verb("list", "List the handlers: what they are for, how they are, how often they were called.", """
            clearance handlers list
            clearance handlers list --json

            Exit codes: 0 all is well, 1 a manifest or a handler is not, 127 no trustworthy answer.
            """);
        ActAs(verb, context);
        return verb;
    }

    public static void ActAs(Command verb, CommandContext context)
    {
        var json = CommandContext.Json("print the daemon's answer as one line of JSON");
        verb.Options.Add(json);
        verb.SetAction(parsed => Run(context, parsed, parsed.GetValue(json)));
    }

    private static int Run(CommandContext context, ParseResult parsed, bool json)
    {
        using var client = context.Connect(parsed, SocketRole.Operator);
        var answer = client.CallRaw(MethodNames.HandlersList, "{}"u8);
        var handlers = Answer.Read(answer, ProtocolJson.Default.HandlersListResult);
        if (json)
        {
            context.Terminal.Json(answer);
        }
        else
        {
            Print(context, parsed, handlers);
        }

        return HandlerWords.AreWell(handlers) ? ExitCodes.Ok : ExitCodes.Negative;
    }

    private static void Print(CommandContext context, ParseResult parsed, HandlersListResult handlers)
    {
        if (handlers.Items.Length > 0 || handlers.Problems.Length > 0)
        {
            new HandlerTable(context.Terminal, handlers).Print();
        }

        if (handlers.Items.Length == 0)
        {
            context.Terminal.Line($"no handlers; {Where(context, parsed)}");
        }
        else if (!Array.Exists(handlers.Items, static handler => handler.File is not null))
        {
            context.Terminal.Tell($"no programs of yours; {Where(context, parsed)}");
        }
    }

    private static string Where(CommandContext context, ParseResult parsed)
    {
        var own = PatientPlaces.Of(context.Flags(parsed), context.Surroundings).Config is { } config ? Path.Combine(config, "handlers.d", "NAME.json") + " or " : "";
        return $"a program's manifest goes to {own}/etc/clearance/handlers.d/NAME.json";
    }
}
