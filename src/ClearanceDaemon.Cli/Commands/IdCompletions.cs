using System.CommandLine.Completions;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>The ids of what is there now, for a shell's completion. Whatever goes wrong, there is nothing to complete.</summary>
internal static class IdCompletions
{
    /// <summary>A person is holding the Tab key.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static IEnumerable<CompletionItem> Pending(CommandContext context, CompletionContext completion) =>
        Of(context, completion, static client => Pages.Pending(client).Select(static ask => ask.Id));

    public static IEnumerable<CompletionItem> Grants(CommandContext context, CompletionContext completion) =>
        Of(context, completion, static client => Pages.Grants(client).Select(static grant => grant.Id));

    private static IEnumerable<CompletionItem> Of(CommandContext context, CompletionContext completion, Func<ClearanceClient, IEnumerable<string>> ids)
    {
        try
        {
            using var client = context.Connect(completion.ParseResult, SocketRole.Operator, Patience - context.Surroundings.AnswerWithin);
            var found = ids(client).ToArray();
            var digits = ShortId.Digits(found);
            return found.Select(id => new CompletionItem(id[..digits]));
        }
        catch (Exception e) when (e is IOException or InvalidDataException or RpcException or NoAnswerException or UsageException
            or UnixPeerException or UnixSocketException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
