using System.CommandLine;
using System.Text.Json;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance handlers enable</c> and <c>disable</c>: switch a handler on or off, for good.</summary>
internal static class HandlersSwitchCommand
{
    public static Command Enable(CommandContext context) => Create(context, "enable", "Switch a handler on, now and after every restart.", MethodNames.HandlersEnable);

    public static Command Disable(CommandContext context) => Create(context, "disable", "Switch a handler off, now and after every restart.", MethodNames.HandlersDisable);

    /// <summary>What the daemon says where there is no such handler, and what to do.</summary>
    public static Failure Unknown(string name) => new(ExitCodes.Negative, $"{name}: there is no handler of this name. clearance handlers list shows them.");

    private static Command Create(CommandContext context, string word, string description, string method)
    {
        var name = new Argument<string>("NAME") { Description = "the handler" };
        var json = CommandContext.Json("print the daemon's answer as one line of JSON");
        var verb = new Verb(word, description, $"""
            clearance handlers {word} terok-shield

            Exit codes: 0 done, or so before, 1 no such handler, or refused by the daemon, 126 bad usage,
            127 no trustworthy answer.
            """);
        verb.Arguments.Add(name);
        verb.Options.Add(json);
        name.CompletionSources.Add(completion => IdCompletions.Handlers(context, completion));
        verb.SetAction(parsed => Run(context, parsed, method, parsed.GetValue(name)!, parsed.GetValue(json)));
        return verb;
    }

    private static int Run(CommandContext context, ParseResult parsed, string method, string name, bool json)
    {
        using var client = context.Connect(parsed, SocketRole.Operator);
        byte[] answer;
        try
        {
            answer = client.CallRaw(method, JsonSerializer.SerializeToUtf8Bytes(new HandlersSwitchParams { Name = name }, ProtocolJson.Default.HandlersSwitchParams));
        }
        catch (RpcException e) when (Refusal(name, e.Error) is { } refusal)
        {
            context.Terminal.Complain($"clearance: {refusal.Message}");
            return refusal.ExitCode;
        }

        var result = Answer.Read(answer, ProtocolJson.Default.HandlersSwitchResult);
        var isOn = method == MethodNames.HandlersEnable;
        if (result.Handler.Name != name || result.Handler.Enabled != isOn)
        {
            throw new NoAnswerException($"The daemon was told to switch {name} {(isOn ? "on" : "off")}, and answered otherwise. See clearance handlers list.");
        }

        if (json)
        {
            context.Terminal.Json(answer);
        }
        else
        {
            Print(context.Terminal, result);
        }

        return ExitCodes.Ok;
    }

    private static Failure? Refusal(string name, RpcError error) => error.Code switch
    {
        RpcErrorCode.UnknownRequest => Unknown(name),
        RpcErrorCode.InvalidParams when error.Member == "name" => Unknown(name),
        RpcErrorCode.Forbidden => new Failure(ExitCodes.Negative, $"{name} stays as it is: {Failure.Sentences(error.Message, " clearance handlers list shows it.")}"),
        _ => null,
    };

    private static void Print(Terminal terminal, HandlersSwitchResult result)
    {
        var handler = result.Handler;
        var word = handler.Enabled ? terminal.Paint(Colour.Good, $"on") : terminal.Paint(Colour.Dim, $"off");
        terminal.Line($"{handler.Name} {(result.Changed ? "is" : "was")} {word}{(result.Changed ? "" : " already")}");
        if (HandlerWords.Trouble(handler) is { Length: > 0 } trouble)
        {
            terminal.Line($"{terminal.Paint(HandlerWords.ColourOf(handler.State) ?? Colour.Bad, $"{trouble}")}");
        }

        if (handler is { Enabled: true, Socket: { } socket })
        {
            terminal.Line($"it listens at {socket}");
        }
    }
}
