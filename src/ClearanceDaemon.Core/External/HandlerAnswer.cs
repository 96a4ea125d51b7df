using System.Text.Json;
using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.External;

/// <summary>What came of a request to a handler: exactly one of a result that cites the digest, an error of the handler's own, and a failure.</summary>
internal sealed record HandlerAnswer
{
    /// <summary>What is kept of a message that is not the daemon's own: it goes into records, events and lists.</summary>
    public const int MessageBytes = ProtocolLimits.ReasonBytes;

    public JsonElement Result { get; init; }

    public HandlerError? Error { get; init; }

    public HandlerFailure? Failure { get; init; }

    /// <summary>When it makes sense to try again, where the failure is one of want of room or rest.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public string? Sent { get; init; }

    public string? Received { get; init; }

    public static HandlerAnswer Failed(string why, string message, TimeSpan? retryAfter = null) =>
        new() { Failure = new() { Why = why, Message = message }, RetryAfter = retryAfter };

    /// <summary>Reads a reply of the handlers process, which is believed no more than the handler: its result must cite the digest.</summary>
    public static HandlerAnswer Of(OrderReply reply, string digest)
    {
        var lines = new HandlerAnswer { Sent = reply.Sent, Received = reply.Received };
        return reply switch
        {
            { Failure: { } failure } => lines with { Failure = Cut(failure) },
            { Error: { } error } => lines with { Error = error with { Message = CutText.ToFit(error.Message ?? "", MessageBytes) } },
            { Result: { ValueKind: JsonValueKind.Object } result } when Cites(result, digest) => lines with { Result = result },
            _ => lines with { Failure = new() { Why = HandlerFault.Protocol, Message = "the answer does not cite the request's digest" } },
        };
    }

    /// <summary>The failure, be it the handler's own error; null when it answered.</summary>
    public HandlerFailure? AnyFailure => Failure ?? (Error is null ? null : new HandlerFailure { Why = HandlerFault.Error, Message = Error.Message });

    private static HandlerFailure Cut(HandlerFailure failure) => failure with
    {
        Why = CutText.ToFit(failure.Why ?? HandlerFault.Protocol, ProtocolLimits.HandlerStderrBytes),
        Message = CutText.ToFit(failure.Message ?? "", MessageBytes),
        Stderr = failure.Stderr is { } stderr ? CutText.ToFit(stderr, ProtocolLimits.HandlerStderrBytes) : null,
    };

    private static bool Cites(JsonElement result, string digest) =>
        result.TryGetProperty("digest", out var cited) && cited.ValueKind == JsonValueKind.String && cited.ValueEquals(digest);
}
