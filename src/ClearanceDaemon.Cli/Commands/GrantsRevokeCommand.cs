using System.CommandLine;
using System.Text.Json;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance grants revoke</c>: takes grants back, by id or all of them.</summary>
internal static class GrantsRevokeCommand
{
    public static Command Create(CommandContext context)
    {
        var ids = new Argument<string[]>("ID") { Description = "the grant; the first digits of its id will do", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "every grant" };
        var json = CommandContext.Json("print the daemon's answer as one line of JSON for each grant");
        var verb = new Verb("revoke", "Take grants back; what they allowed is asked again.", """
            clearance grants revoke 9c2e
            clearance grants revoke --all

            Exit codes: 0 done, 1 an id is of no grant in force, 126 bad usage, 127 no trustworthy answer.
            """);
        verb.Arguments.Add(ids);
        verb.Options.Add(all);
        verb.Options.Add(json);
        ids.CompletionSources.Add(completion => IdCompletions.Grants(context, completion));
        verb.SetAction(parsed => Run(context, parsed, parsed.GetValue(ids) ?? [], parsed.GetValue(all), parsed.GetValue(json)));
        return verb;
    }

    private static int Run(CommandContext context, ParseResult parsed, string[] ids, bool all, bool json)
    {
        if (all == ids.Length > 0)
        {
            throw new UsageException("clearance grants revoke takes ids, or --all. clearance grants lists them.");
        }

        Array.ForEach(ids, IdPrefix.Require);
        using var client = context.Connect(parsed, SocketRole.Operator);
        if (all)
        {
            Revoke(context.Terminal, client, new GrantsRevokeParams { All = true }, json, SafeText.None);
            return ExitCodes.Ok;
        }

        var grants = Pages.Grants(client);
        var worst = ExitCodes.Ok;
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            worst = Math.Max(worst, RevokeOne(context.Terminal, client, grants, id, json));
        }

        return worst;
    }

    private static int RevokeOne(Terminal terminal, ClearanceClient client, List<Listed<GrantItem>> grants, string prefix, bool json)
    {
        if (IdPrefix.Find(grants, prefix, "grant", "clearance grants", out var failure) is { } grant)
        {
            try
            {
                Revoke(terminal, client, new GrantsRevokeParams { Id = grant.Id }, json, SafeText.Of($"{ShortId.Of(grant.Id)}  {GrantText.Match(grant.Item, new Shown(GrantTable.Columns))}: "));
                return ExitCodes.Ok;
            }
            catch (RpcException e)
            {
                failure = e.Code == RpcErrorCode.UnknownRequest ? new Failure(ExitCodes.Negative, Failure.Sentences(e.Error.Message, " It ended meanwhile.")) : Failure.Of(e);
                failure = failure with { Message = $"{ShortId.Of(grant.Id)}: {failure.Message}" };
            }
        }

        terminal.Complain($"clearance: {failure.Message}");
        return failure.ExitCode;
    }

    private static void Revoke(Terminal terminal, ClearanceClient client, GrantsRevokeParams which, bool json, SafeText what)
    {
        var answer = client.CallRaw(MethodNames.GrantsRevoke, JsonSerializer.SerializeToUtf8Bytes(which, ProtocolJson.Default.GrantsRevokeParams));
        var result = Answer.Read(answer, ProtocolJson.Default.GrantsRevokeResult);
        if (json)
        {
            terminal.Json(answer);
        }
        else
        {
            terminal.Line($"{what}{Count.Of(result.Revoked, "grant")} revoked");
        }
    }
}
