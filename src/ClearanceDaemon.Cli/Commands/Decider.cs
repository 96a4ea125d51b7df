using System.CommandLine;
using System.Text.Json;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>Brings a person's verdict on each of the asks named; one that cannot be decided keeps none of the others from it.</summary>
internal sealed class Decider
{
    private readonly Terminal _terminal;
    private readonly ClearanceClient _client;
    private readonly DecideWish _wish;
    private readonly List<Listed<PendingItem>> _waiting;

    private Decider(CommandContext context, ClearanceClient client, DecideWish wish)
    {
        (_terminal, _client, _wish) = (context.Terminal, client, wish);
        _waiting = Pages.Pending(client);
    }

    /// <returns>The worst exit code of all.</returns>
    public static int Run(CommandContext context, ParseResult parsed, DecideWish wish)
    {
        using var client = context.Connect(parsed, SocketRole.Operator);
        var decider = new Decider(context, client, wish);
        var worst = ExitCodes.Ok;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var prefix in wish.Ids)
        {
            var found = IdPrefix.Find(decider._waiting, prefix, "ask", "clearance pending", out var failure);
            if (found is null || seen.Add(found.Id))
            {
                var undecided = found is null ? failure : decider.Decide(found.Item);
                worst = Math.Max(worst, decider.Tell(undecided));
            }
        }

        return worst;
    }

    private int Tell(Failure? undecided)
    {
        if (undecided is not { } failure)
        {
            return ExitCodes.Ok;
        }

        _terminal.Complain($"clearance: {failure.Message}");
        return failure.ExitCode;
    }

    /// <returns>Why it was not decided; null when it was.</returns>
    private Failure? Decide(PendingItem item)
    {
        var id = ShortId.Of(item.Id);
        Show(id, item);
        byte[] answer;
        try
        {
            answer = _client.CallRaw(MethodNames.Decide, JsonSerializer.SerializeToUtf8Bytes(_wish.On(item), ProtocolJson.Default.DecideParams));
        }
        catch (RpcException e)
        {
            return Refusal(id, e);
        }

        var result = Answer.Read(answer, ProtocolJson.Default.DecideResult);
        var expected = _wish.Verdict == VerdictWord.Allow ? AskOutcome.Allowed : AskOutcome.Denied;
        if (result.Id != item.Id || result.Outcome != expected)
        {
            throw new NoAnswerException($"The daemon answered \"{result.Outcome}\" about {result.Id}, which was not what it was told. Restart it.");
        }

        if (_wish.Json)
        {
            _terminal.Json(answer);
        }
        else
        {
            _terminal.Line($"{Outcome(id, result)}");
        }

        return null;
    }

    /// <summary>What is decided about, before it is.</summary>
    private void Show(string id, PendingItem item)
    {
        var line = AskLine.Of(item, out var shown);
        if (!_wish.Json)
        {
            _terminal.Line($"{id}  {line}");
            if (item.Failed is { } failed)
            {
                _terminal.Line($"{id}  {FailedLine.Of(_terminal, failed)}");
            }
        }

        if (_wish.Digest is null && (shown.Cleaned || shown.Cut))
        {
            var why = shown.Cut ? "is longer than what was shown of it" : "has characters that were not shown as they are";
            _terminal.Complain($"clearance: {id}: this ask {why}. clearance pending {id} shows it whole; --digest {item.Digest} decides about exactly that.");
        }
    }

    private SafeText Outcome(string id, DecideResult result)
    {
        var word = _terminal.Paint(result.Outcome == AskOutcome.Allowed ? Colour.Good : Colour.Bad, $"{result.Outcome}");
        var line = SafeText.Of($"{id}  {word}, {Count.Of(result.Answered, "waiting request")} answered");
        if (result.Grant is not { } grant)
        {
            return line;
        }

        var until = grant.Expires is { } expires ? SafeText.Of($" until {expires}") : SafeText.None;
        return SafeText.Of($"{line}; grant {ShortId.Of(grant.Id)}, {GrantText.Scope(grant.Scope)}{until}, bound to {string.Join(", ", grant.Match.Keys)}");
    }

    private static Failure Refusal(string id, RpcException refused)
    {
        var advice = refused.Code switch
        {
            RpcErrorCode.Expired => " It can only be asked again.",
            RpcErrorCode.UnknownRequest => " clearance audit show tells more.",
            RpcErrorCode.DigestMismatch => $" clearance pending {id} shows its digest.",
            RpcErrorCode.Forbidden => "",
            _ => null,
        };
        var failure = Failure.Of(refused);
        return advice is null
            ? failure with { Message = $"{id}: {failure.Message}" }
            : new Failure(ExitCodes.Negative, $"{id} was not decided, {RpcErrorCodes.Text(refused.Code)}: {Failure.Sentences(refused.Error.Message, advice)}");
    }
}
