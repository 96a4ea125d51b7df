using System.CommandLine;
using System.Runtime.InteropServices;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance grants list</c>: the grants in force.</summary>
internal static class GrantsListCommand
{
    public static Command Create(CommandContext context)
    {
        var verb = new Verb("list", "List the grants in force, oldest first.", """
            clearance grants list
            clearance grants list --json
            """);
        ActAs(verb, context);
        return verb;
    }

    public static void ActAs(Command verb, CommandContext context)
    {
        var json = CommandContext.Json("print each grant as one line of JSON");
        verb.Options.Add(json);
        verb.SetAction(parsed => Run(context, parsed, parsed.GetValue(json)));
    }

    private static int Run(CommandContext context, ParseResult parsed, bool json)
    {
        using var client = context.Connect(parsed, SocketRole.Operator);
        var grants = Pages.Grants(client);
        if (grants.Count == 0)
        {
            context.Terminal.Tell($"no grants");
        }
        else if (!json)
        {
            GrantTable.Print(context.Terminal, grants, new Ages(context.Surroundings.Clock));
        }

        foreach (var grant in json ? grants : [])
        {
            context.Terminal.Json(JsonMarshal.GetRawUtf8Value(grant.Json));
        }

        return ExitCodes.Ok;
    }
}
