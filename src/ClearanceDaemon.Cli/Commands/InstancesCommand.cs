using System.CommandLine;
using System.Text;
using ClearanceDaemon.Cli.Connecting;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance instances</c>: the instances whose sockets listen. Looking connects to none, so it starts none.</summary>
internal static class InstancesCommand
{
    public static Command Create(CommandContext context)
    {
        var json = CommandContext.Json("print {\"instances\":[…]} as one line of JSON");
        var verb = new Verb("instances", "List the instances that listen, without starting any.", """
            clearance instances
            clearance instances --json

            A running instance has a daemon; a waiting one is started by its first connection.
            """);
        verb.Options.Add(json);
        verb.SetAction(parsed => Run(context.Terminal, parsed.GetValue(json)));
        return verb;
    }

    private static int Run(Terminal terminal, bool json)
    {
        var instances = InstanceList.Find();
        if (json)
        {
            terminal.Json(ToJson(instances));
            return ExitCodes.Ok;
        }

        var table = new Table();
        foreach (var instance in instances)
        {
            table.Row(
                instance.Name.Length == 0 ? SafeText.Of($"(default)") : SafeText.Of($"{instance.Name}"),
                SafeText.Of($"{instance.State}"),
                SafeText.Of($"{string.Join(' ', instance.Sockets)}"));
        }

        table.Print(terminal);
        return ExitCodes.Ok;
    }

    private static ReadOnlySpan<byte> ToJson(List<Instance> instances)
    {
        var json = new LineBuffer();
        json.Raw("{\"instances\":["u8);
        for (var i = 0; i < instances.Count; i++)
        {
            json.Raw(i == 0 ? "{\"instance\":"u8 : ",{\"instance\":"u8);
            json.String(Encoding.UTF8.GetBytes(instances[i].Name));
            json.Raw(",\"state\":"u8);
            json.String(Encoding.UTF8.GetBytes(instances[i].State));
            json.Raw(",\"sockets\":["u8);
            for (var s = 0; s < instances[i].Sockets.Count; s++)
            {
                json.Raw(s == 0 ? ""u8 : ","u8);
                json.String(Encoding.UTF8.GetBytes(instances[i].Sockets[s]));
            }

            json.Raw("]}"u8);
        }

        json.Raw("]}"u8);
        return json.Written;
    }
}
