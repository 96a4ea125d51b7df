using System.Text.Json;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.External.Orders;

/// <summary>What became of an <see cref="Order"/>: exactly one of <see cref="Result"/>, <see cref="Error"/> and <see cref="Failure"/>.</summary>
internal sealed record OrderReply
{
    /// <summary>The handler's result, an object; that it cites the digest is the daemon's to check once more.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>The handler's own error.</summary>
    public HandlerError? Error { get; init; }

    /// <summary>Why there is neither.</summary>
    public HandlerFailure? Failure { get; init; }

    /// <summary>For a test: the line the handler was sent, without its LF.</summary>
    public string? Sent { get; init; }

    /// <summary>For a test: the line it answered with, cut at <see cref="Manifests.ManifestLimits.MostOutput"/>.</summary>
    public string? Received { get; init; }

    public static OrderReply Failed(string why, string message) => new() { Failure = new() { Why = why, Message = message } };
}
