using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary>A daemon that has asks waiting, tells subscribers of them, and takes verdicts as a test says.</summary>
internal sealed class FakeDesk : IDisposable
{
    private readonly ConcurrentQueue<Exchange> _subscribers = [];
    private readonly PendingItem[] _asks;
    private long _seq = 10;

    public FakeDesk(params PendingItem[] asks)
    {
        _asks = asks;
        Daemon = new FakeDaemon(Answer);
    }

    public FakeDaemon Daemon { get; }

    /// <summary>What decides: by default the verdict is taken, a grant made of any scope but once, and everyone told.</summary>
    public Action<Exchange>? OnDecide { get; init; }

    /// <summary>What answers a subscription; by default a snapshot of the asks.</summary>
    public Action<Exchange>? OnSubscribe { get; init; }

    /// <summary>The parameters of the calls of one method so far.</summary>
    public JsonElement[] Calls(string method) =>
    [
        .. Daemon.Lines.Select(static line => JsonDocument.Parse(line).RootElement).Where(call => call.GetProperty("method").GetString() == method)
            .Select(static call => call.GetProperty("params")),
    ];

    /// <summary>To every subscriber that is still there.</summary>
    public void Push(string type, string? id, string data)
    {
        foreach (var subscriber in _subscribers)
        {
            try
            {
                Push(subscriber, type, id, data);
            }
            catch (SocketException)
            {
                // It went away.
            }
        }
    }

    public void Push(Exchange to, string type, string? id, string data) => to.Raw(Some.Line(Interlocked.Increment(ref _seq), type, id, data));

    /// <summary>As a subscription is answered unless a test wants something else.</summary>
    public void Snapshot(Exchange exchange)
    {
        exchange.Result($$"""{"epoch":"{{Some.Epoch}}","seq":10,"resumed":false}""");
        foreach (var ask in _asks)
        {
            exchange.Raw(Some.Line(10, EventType.Asked, ask.Id, Some.Json(ask)));
        }

        exchange.Raw(Some.Line(10, EventType.SnapshotEnd, null, Some.SnapshotEnd()));
    }

    public void Dispose() => Daemon.Dispose();

    private void Answer(Exchange exchange)
    {
        switch (exchange.Method)
        {
            case MethodNames.Subscribe:
                (OnSubscribe ?? Snapshot)(exchange);
                _subscribers.Enqueue(exchange);
                break;
            case MethodNames.Decide:
                (OnDecide ?? Decide)(exchange);
                break;
            case MethodNames.GrantsRevoke:
                exchange.Result("""{"revoked":1}""");
                break;
            case MethodNames.Lockdown:
                exchange.Result("""{"state":{"on":true},"revoked":2,"denied":1}""");
                Push(EventType.Lockdown, null, """{"on":true}""");
                break;
            default:
                exchange.Error(-32601, "method_not_found", "no such method");
                break;
        }
    }

    private void Decide(Exchange exchange)
    {
        var verdict = JsonDocument.Parse(exchange.Params).RootElement;
        var id = verdict.GetProperty("id").GetString()!;
        var outcome = verdict.GetProperty("verdict").GetString() == VerdictWord.Allow ? AskOutcome.Allowed : AskOutcome.Denied;
        var hasGrant = verdict.TryGetProperty("scope", out var scope) && scope.GetProperty("kind").GetString() != ScopeKind.Once;
        exchange.Result($$"""{"id":"{{id}}","outcome":"{{outcome}}","answered":1{{(hasGrant ? $",\"grant\":{Some.Grant()}" : "")}}}""");
        Push(EventType.Decided, id, $$"""{"outcome":"{{outcome}}","by":"operator"}""");
    }
}
