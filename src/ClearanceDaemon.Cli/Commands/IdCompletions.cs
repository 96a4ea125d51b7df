using System.CommandLine.Completions;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>The ids and names of what is there now, for a shell's completion. Whatever goes wrong, there is nothing to complete.</summary>
internal static class IdCompletions
{
    /// <summary>A person is holding the Tab key.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static IEnumerable<CompletionItem> Pending(CommandContext context, CompletionContext completion) =>
        Of(context, completion, static client => Short(Pages.Pending(client).Select(static ask => ask.Id)));

    public static IEnumerable<CompletionItem> Grants(CommandContext context, CompletionContext completion) =>
        Of(context, completion, static client => Short(Pages.Grants(client).Select(static grant => grant.Id)));

    public static IEnumerable<CompletionItem> Handlers(CommandContext context, CompletionContext completion) =>
        Of(context, completion, static client => client.Call(ClearanceMethods.HandlersList, new NoParams()).Items.Select(static handler => handler.Name).Where(IsWord));

    /// <summary>A shell takes apart what it is given, so nothing else may come of what the daemon said.</summary>
    private static bool IsWord(string name) => name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static IEnumerable<string> Short(IEnumerable<string> ids)
    {
        var found = ids.ToArray();
        var digits = ShortId.Digits(found);
        return found.Select(id => id[..digits]);
    }

    private static IEnumerable<CompletionItem> Of(CommandContext context, CompletionContext completion, Func<ClearanceClient, IEnumerable<string>> words)
    {
        try
        {
            using var client = context.Connect(completion.ParseResult, SocketRole.Operator, Patience - context.Surroundings.AnswerWithin);
            return words(client).Select(static word => new CompletionItem(word)).ToArray();
        }
        catch (Exception e) when (e is IOException or InvalidDataException or RpcException or NoAnswerException or UsageException
            or UnixPeerException or UnixSocketException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
