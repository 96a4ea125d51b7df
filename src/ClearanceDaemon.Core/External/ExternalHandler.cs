using System.Text;
using System.Text.Json;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.External.Manifests;
using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Core.External;

/// <summary>A handler that is a program with a manifest. Makes requests of what the daemon wants and sense of the answers. For the reactor's thread.</summary>
internal sealed class ExternalHandler(Manifest manifest, HandlerPort port)
{
    public Manifest Manifest => manifest;

    public HandlerPort Port => port;

    public string Name => manifest.Name;

    public bool Decides(ReadOnlySpan<byte> action) => Matches(manifest.Decides, action);

    public bool CarriesOut(ReadOnlySpan<byte> action) => Matches(manifest.Effects, action);

    /// <summary>What it decides; null when it leaves the ask to a person, or failed, which is the same.</summary>
    public async Task<HandlersVerdict?> DecideAsync(AskMembers ask, byte[] digest, PeerCredentials peer) =>
        Verdict(await port.RunAsync(OrderKind.Decide, HandlerParams.ForAsk(ask, digest, peer)));

    public async Task<HandlerFailure?> CarryOutAsync(AskMembers ask, byte[] digest, Verdict verdict, PeerCredentials peer)
    {
        var answer = await port.RunAsync(OrderKind.Effect, HandlerParams.ForAsk(ask, digest, peer, verdict));
        return EffectFault(answer);
    }

    /// <summary>What an answer to <c>handler.decide</c> means. Every other word than allow and deny leaves the ask to a person.</summary>
    public HandlersVerdict? Verdict(HandlerAnswer answer)
    {
        if (answer.AnyFailure is not null || Text(answer.Result, "verdict") is not (VerdictWord.Allow or VerdictWord.Deny))
        {
            return null;
        }

        var reason = Text(answer.Result, "reason");
        return new(Name, Text(answer.Result, "verdict") == VerdictWord.Allow, reason is { Length: > 0 } ? Cut(Encoding.UTF8.GetBytes(reason)) : null);
    }

    /// <summary>What is wrong with an answer to <c>handler.effect</c>; null when the effect was done.</summary>
    public static HandlerFailure? EffectFault(HandlerAnswer answer) => answer.AnyFailure
        ?? (answer.Result.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.True
            ? null
            : new HandlerFailure { Why = HandlerFault.Protocol, Message = "the answer does not say \"ok\":true" });

    private static bool Matches(IReadOnlyList<Rules.Matchers.ActionPattern> patterns, ReadOnlySpan<byte> action)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(action))
            {
                return true;
            }
        }

        return false;
    }

    private static string? Text(JsonElement result, string member) =>
        result.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // At a character's border.
    private static byte[] Cut(byte[] reason)
    {
        var length = Math.Min(reason.Length, ProtocolLimits.ReasonBytes);
        while (length < reason.Length && (reason[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return reason[..length];
    }
}
