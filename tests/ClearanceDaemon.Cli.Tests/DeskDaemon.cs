using System.Collections.Concurrent;
using System.Text.Json;

namespace ClearanceDaemon.Cli.Tests;

/// <summary>A fake daemon with asks that wait and grants in force: it pages, decides and revokes as the protocol says, and keeps what it was told.</summary>
internal sealed class DeskDaemon : IDisposable
{
    public const string Digest = "sha256:04d01b322de06b696a226af08e9106398fef0c85206d64d09b7f25a2c87dfbca";
    public const string First = "7f3a00112233445566778899aabbccdd";
    public const string Second = "7f3a00990000000000000000000000ff";
    public const string Third = "9c2e00112233445566778899aabbccdd";

    private readonly List<string> _asks;
    private readonly List<string> _grants;
    private readonly Lazy<FakeDaemon> _daemon;

    public DeskDaemon(IEnumerable<string>? asks = null, IEnumerable<string>? grants = null)
    {
        (_asks, _grants) = ([.. asks ?? []], [.. grants ?? []]);
        _daemon = new Lazy<FakeDaemon>(() => new FakeDaemon(Serve));
    }

    public FakeDaemon Daemon => _daemon.Value;

    public int PageItems { get; init; } = 100;

    /// <summary>Answers a verdict otherwise than by carrying it out.</summary>
    public Action<Exchange>? OnDecide { get; init; }

    /// <summary>The parameters of every verdict and revocation.</summary>
    public ConcurrentQueue<JsonElement> Told { get; } = new();

    public static string Ask(string id, string ask = """{"action":"net.connect","resource":"api.github.com:443"}""", string claimed = "{}", string extra = "") =>
        $$"""{"id":"{{id}}","digest":"{{Digest}}","asked":"2026-11-20T10:00:00.000Z","deadline":"2026-11-20T10:01:30.000Z","times":1,"waiting":1,"ask":{{ask}},"claimed":{{claimed}},"verified":{"uid":1000,"gid":1000,"pid":4711,"via":"claude"},"observed":{"state":"known","principal":"parent","pid":4710,"exe":"/usr/bin/node"},"scopes":["once","for"]{{extra}}}""";

    public static string Grant(string id, string scope = """{"kind":"always"}""", string extra = "") =>
        $$"""{"id":"{{id}}","verdict":"allow","subject":{"uid":1000,"via":"claude"},"match":{"action":"net.connect","resource":null,"argv":["a b","c"],"details":{"n":1},"details.env":"prod"},"scope":{{scope}},"made":"2026-11-20T10:00:00.000Z"{{extra}}}""";

    public void Dispose() => Daemon.Dispose();

    private void Serve(Exchange exchange)
    {
        var query = JsonDocument.Parse(exchange.Params).RootElement;
        switch (exchange.Method)
        {
            case "clearance.pending":
                Page(exchange, query, _asks);
                break;
            case "grants.list":
                Page(exchange, query, _grants);
                break;
            case "clearance.decide":
                Told.Enqueue(query);
                (OnDecide ?? Decide)(exchange);
                break;
            case "grants.revoke":
                Told.Enqueue(query);
                exchange.Result($$"""{"revoked":{{(query.TryGetProperty("all", out _) ? _grants.Count : 1)}}}""");
                break;
            default:
                exchange.Error(-32601, "method_not_found", "no such method here");
                break;
        }
    }

    private void Page(Exchange exchange, JsonElement query, List<string> all)
    {
        var after = query.TryGetProperty("after", out var from) ? from.GetInt32() : 0;
        var limit = Math.Min(PageItems, query.TryGetProperty("limit", out var most) ? most.GetInt32() : 100);
        Assert.InRange(limit, 1, 100);
        var page = all.Skip(after).Take(limit).ToList();
        var next = after + page.Count < all.Count ? $",\"next\":{after + page.Count}" : "";
        exchange.Result($$"""{"items":[{{string.Join(',', page)}}]{{next}}}""");
    }

    private static void Decide(Exchange exchange)
    {
        var verdict = JsonDocument.Parse(exchange.Params).RootElement;
        var id = verdict.GetProperty("id").GetString()!;
        var outcome = verdict.GetProperty("verdict").GetString() == "allow" ? "allowed" : "denied";
        var grant = verdict.TryGetProperty("scope", out var scope) ? $",\"grant\":{Grant(Third, scope.GetRawText(), ",\"expires\":\"2026-11-20T12:00:00.000Z\"")}" : "";
        exchange.Result($$"""{"id":"{{id}}","outcome":"{{outcome}}","answered":2{{grant}}}""");
    }
}
