using System.Security.Cryptography;
using System.Text;
using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Tests.HandlersMode;

/// <summary>Orders as the daemon sends them.</summary>
internal static class Orders
{
    public const string HelloRequest = """{"method":"hello.world","params":{},"uid":1000,"v":1,"via":"ask"}""";

    private const string Peer = """{"uid":1000,"gid":1000,"pid":1,"via":"ask","role":"ask"}""";

    public static string DigestOf(string request) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request)));

    public static string Params(string request, string? digest = null, string more = "") =>
        $$"""{"request":{{request}},"digest":"{{digest ?? DigestOf(request)}}","peer":{{Peer}}{{more}}}""";

    public static Order Call(string handler, string manifest, string request = HelloRequest, bool test = false) =>
        new(handler, manifest, OrderKind.Call, Encoding.UTF8.GetBytes(Params(request)), test);

    /// <summary>An effect of the one that is compiled in.</summary>
    public static Order Shield(string request, string verdict = """{"outcome":"allowed","by":"operator","id":"00"}""") =>
        new("terok-shield", "", OrderKind.Effect, Encoding.UTF8.GetBytes(Params(request, more: ",\"verdict\":" + verdict)));

    public static string Line(int id, Order order)
    {
        var json = new LineBuffer();
        order.Write(json);
        return $$"""{"jsonrpc":"2.0","id":{{id}},"method":"handlers.run","params":{{Encoding.UTF8.GetString(json.Written)}}}""";
    }
}
