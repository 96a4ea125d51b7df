using System.Text;
using System.Text.Json;
using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.Core.Tests.Server;

namespace ClearanceDaemon.Core.Tests.External;

/// <summary>One order as a handlers process gets it, and the ways it can be answered.</summary>
internal sealed class FakeOrder(FakeConnection connection, string id, Order order)
{
    public Order Order => order;

    public FakeConnection Connection => connection;

    public JsonElement Params { get; } = TestDaemon.Parse(Encoding.UTF8.GetString(order.Params));

    public JsonElement Request => Params.GetProperty("request");

    public string Digest => Params.GetProperty("digest").GetString()!;

    /// <summary>Handler, kind and what for, in short.</summary>
    public string Essence => $"{order.Handler} {Encoding.UTF8.GetString(order.Kind.Name())} {(Request.TryGetProperty("method", out var method) ? method : Request.GetProperty("action"))}"
        + (Params.TryGetProperty("verdict", out var verdict) ? " " + verdict.GetProperty("outcome").GetString() : "");

    /// <summary>A result of the handler's that cites the digest.</summary>
    /// <param name="members">More members, with their commas between them.</param>
    public void Result(string members) => Reply($$$"""{"result":{"digest":"{{{Digest}}}",{{{members}}}}}""");

    public void Call(string result = "{}") => Result($"\"result\":{result}");

    public void Decide(string verdict, string? reason = null) => Result($"\"verdict\":\"{verdict}\"" + (reason is null ? "" : $",\"reason\":{JsonSerializer.Serialize(reason)}"));

    public void Done() => Result("\"ok\":true");

    public void Error(int code, string message) => Reply($$$"""{"error":{"code":{{{code}}},"message":{{{JsonSerializer.Serialize(message)}}}}}""");

    public void Fail(string why, string message = "it is broken") => Reply($$$"""{"failure":{"why":"{{{why}}}","message":{{{JsonSerializer.Serialize(message)}}}}}""");

    /// <summary>Any reply to the order, an object.</summary>
    public void Reply(string reply) => connection.Send($$"""{"jsonrpc":"2.0","id":{{id}},"result":{{reply}}}""");

    /// <summary>Any line instead of a reply.</summary>
    public void Raw(string line) => connection.Send(line);

    public void Refuse(string message) => connection.Send($$$"""{"jsonrpc":"2.0","id":{{{id}}},"error":{"code":-32602,"message":"{{{message}}}"}}""");
}
