using System.CommandLine;
using System.Text.Json;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance handlers test</c>: sends a handler one request, which nothing follows from, and shows both lines.</summary>
internal static class HandlersTestCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("NAME") { Description = "the handler" };
        var method = new Option<string?>("--method") { Description = "call this method of it", HelpName = "M" };
        var parameters = new Option<string?>("--params") { Description = "the method's parameters, a JSON object (default {})", HelpName = "JSON" };
        var ask = new AskFlags(isForOthers: true);
        var json = CommandContext.Json("print the daemon's answer as one line of JSON");
        var verb = new Verb("test", "Send a handler one request that nothing follows from, and show both lines.", """
            clearance handlers test hello
            clearance handlers test hello --method hello.world --params '{"name":"you"}'
            clearance handlers test guard --action deploy.prod --resource web --detail replicas:=3

            Exit codes: 0 answered, 1 failed, or no such handler, 126 bad usage, 127 no trustworthy answer.
            """);
        verb.Arguments.Add(name);
        verb.Options.Add(method);
        verb.Options.Add(parameters);
        ask.AddTo(verb);
        verb.Options.Add(json);
        name.CompletionSources.Add(completion => IdCompletions.Handlers(context, completion));
        verb.SetAction(parsed => Run(
            context, parsed, new HandlerTry(parsed.GetValue(name)!, parsed.GetValue(method), Params(parsed.GetValue(parameters)), ask.Whole(parsed)), parsed.GetValue(json)));
        return verb;
    }

    /// <summary>On one line, as the wire needs it.</summary>
    private static byte[]? Params(string? text)
    {
        try
        {
            return text is null ? null
                : JsonDocument.Parse(text).RootElement is { ValueKind: JsonValueKind.Object } parameters ? JsonSerializer.SerializeToUtf8Bytes(parameters, ProtocolJson.Default.JsonElement)
                : throw new UsageException("--params: not an object. Write one, such as '{\"name\":\"you\"}'.");
        }
        catch (JsonException e)
        {
            throw new UsageException($"--params: not JSON that can be sent: {e.Message} Write an object, such as '{{\"name\":\"you\"}}'.");
        }
    }

    private static int Run(CommandContext context, ParseResult parsed, HandlerTry wanted, bool json)
    {
        wanted.RequireOneKind();
        if (Find(context, parsed, wanted.Name) is not { } handler)
        {
            var unknown = HandlersSwitchCommand.Unknown(wanted.Name);
            context.Terminal.Complain($"clearance: {unknown.Message}");
            return unknown.ExitCode;
        }

        // The handler has its own time to answer, and the daemon its usual one beside it.
        var patience = Duration.TryParse(handler.Deadline ?? "", out var deadline) ? deadline : TimeSpan.Zero;
        using var client = context.Connect(parsed, SocketRole.Operator, patience);
        var answer = client.CallRaw(MethodNames.HandlersTest, wanted.Parameters(handler));
        var result = Answer.Read(answer, ProtocolJson.Default.HandlersTestResult);
        if (json)
        {
            context.Terminal.Json(answer);
        }
        else
        {
            new HandlerTestReport(context.Terminal, result).Print();
        }

        return result.Failure is null ? ExitCodes.Ok : ExitCodes.Negative;
    }

    private static HandlerItem? Find(CommandContext context, ParseResult parsed, string name)
    {
        using var client = context.Connect(parsed, SocketRole.Operator);
        var handlers = Answer.Read(client.CallRaw(MethodNames.HandlersList, "{}"u8), ProtocolJson.Default.HandlersListResult);
        return Array.Find(handlers.Items, handler => handler.Name == name);
    }
}
