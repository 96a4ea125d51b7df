using System.Text;
using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.HandlersMode;

/// <summary>
/// What became of an order, as <see cref="OrderReply"/> has it on the wire. The result goes on byte for byte: a JSON
/// writer would spell it anew, and longer than a line may be.
/// </summary>
internal sealed record HandlerOutcome
{
    public byte[]? Result { get; init; }

    public HandlerError? Error { get; init; }

    public HandlerFailure? Failure { get; init; }

    /// <summary>For a test: the line sent.</summary>
    public string? Sent { get; init; }

    /// <summary>For a test: the line received.</summary>
    public string? Received { get; init; }

    public static HandlerOutcome Failed(string why, string message) => new() { Failure = new() { Why = why, Message = message } };

    public void Write(LineBuffer json)
    {
        if (Result is not null)
        {
            json.Raw("{\"result\":"u8);
            json.Raw(Result);
        }
        else if (Error is not null)
        {
            json.Raw("{\"error\":{\"code\":"u8);
            json.Number(Error.Code);
            WriteText(json, ",\"message\":"u8, Error.Message);
            json.Raw((byte)'}');
        }
        else
        {
            WriteFailure(json, Failure!);
        }

        WriteText(json, ",\"sent\":"u8, Sent);
        WriteText(json, ",\"received\":"u8, Received);
        json.Raw((byte)'}');
    }

    private static void WriteFailure(LineBuffer json, HandlerFailure failure)
    {
        WriteText(json, "{\"failure\":{\"why\":"u8, failure.Why);
        WriteText(json, ",\"message\":"u8, failure.Message);
        WriteText(json, ",\"stderr\":"u8, failure.Stderr);
        if (failure.ExitCode is { } code)
        {
            json.Raw(",\"exitCode\":"u8);
            json.Number(code);
        }

        json.Raw((byte)'}');
    }

    private static void WriteText(LineBuffer json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.Raw(name);
            json.String(Encoding.UTF8.GetBytes(text));
        }
    }
}
