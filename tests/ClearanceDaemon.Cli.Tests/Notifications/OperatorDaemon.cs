using System.Collections.Concurrent;
using System.Text.Json;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Notifications;

/// <summary>The operator's half of a daemon: subscribers get the asks that wait, decisions are noted and end their ask.</summary>
internal sealed class OperatorDaemon : IDisposable
{
    private readonly FakeDaemon _daemon;
    private readonly Lock _gate = new();
    private readonly List<PendingItem> _pending = [];
    private readonly ConcurrentQueue<JsonElement> _decisions = new();
    private Exchange? _subscriber;
    private long _seq;

    public OperatorDaemon() => _daemon = new FakeDaemon(Answer);

    public string Path => _daemon.Path;

    /// <summary>Answers decisions with this error's code, name and message.</summary>
    public (int Code, string Name, string Message)? Refusal { get; set; }

    public LockdownState Lockdown { get; set; } = new() { On = false };

    public List<JsonElement> Decisions => [.. _decisions];

    /// <summary>The parameters of every subscription so far.</summary>
    public ConcurrentQueue<JsonElement> Subscriptions { get; } = new();

    public bool Resumes { get; set; }

    public static PendingItem Item(int number, AskedFor? ask = null, ClaimedFacts? claimed = null) => new()
    {
        Id = number.ToString("x32"),
        Digest = "sha256:" + number.ToString("x64"),
        Asked = "2026-11-20T10:00:00.000Z",
        Deadline = Timestamp.Format(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 600_000),
        Times = 1,
        Waiting = 1,
        Ask = ask ?? new AskedFor { Action = $"demo.n{number}" },
        Claimed = claimed ?? new ClaimedFacts(),
        Verified = new VerifiedFacts { Uid = 0, Gid = 0, Pid = 4711, Via = "claude" },
        Observed = new PrincipalFacts { State = PrincipalState.Known, Principal = AskAs.Self, Pid = 4711, Exe = "/usr/bin/curl" },
        Scopes = [ScopeKind.Once],
    };

    public void Ask(PendingItem item)
    {
        lock (_gate)
        {
            _pending.Add(item);
            Send(EventType.Asked, item.Id, JsonSerializer.Serialize(item, ProtocolJson.Default.PendingItem));
        }
    }

    public void End(string id, string outcome = AskOutcome.TimedOut)
    {
        lock (_gate)
        {
            _pending.RemoveAll(item => item.Id == id);
            Send(EventType.Decided, id, $$"""{"outcome":"{{outcome}}","by":"default"}""");
        }
    }

    public void Event(string type, string data)
    {
        lock (_gate)
        {
            Send(type, null, data);
        }
    }

    public void WaitForDecisions(int count) => SessionBus.Until(() => _decisions.Count >= count, () => $"{_decisions.Count} decisions instead of {count}");

    public void WaitForSubscriptions(int count) =>
        SessionBus.Until(() => Subscriptions.Count >= count, () => $"{Subscriptions.Count} subscriptions instead of {count}");

    public void HangUp()
    {
        lock (_gate)
        {
            _subscriber?.HangUp();
            _subscriber = null;
        }
    }

    /// <summary>Ends without anybody hearing of it.</summary>
    public void Forget(string id)
    {
        lock (_gate)
        {
            _pending.RemoveAll(item => item.Id == id);
        }
    }

    public void Dispose() => _daemon.Dispose();

    private void Answer(Exchange exchange)
    {
        var parameters = JsonDocument.Parse(exchange.Params).RootElement;
        lock (_gate)
        {
            switch (exchange.Method)
            {
                case MethodNames.Subscribe:
                    Subscriptions.Enqueue(parameters);
                    Subscribe(exchange);
                    break;
                case MethodNames.Decide:
                    _decisions.Enqueue(parameters);
                    Decide(exchange, parameters.GetProperty("id").GetString()!);
                    break;
                default:
                    exchange.Error(-32601, "method_not_found", "no such method");
                    break;
            }
        }
    }

    private void Subscribe(Exchange exchange)
    {
        var resumed = Resumes && exchange.Params.Contains("\"after\":{", StringComparison.Ordinal);
        exchange.Result($$"""{"epoch":"e","seq":{{_seq}},"resumed":{{(resumed ? "true" : "false")}}}""");
        _subscriber = exchange;
        if (!resumed)
        {
            _pending.ForEach(item => Send(EventType.Asked, item.Id, JsonSerializer.Serialize(item, ProtocolJson.Default.PendingItem), 0));
            Send(EventType.SnapshotEnd, null, $$"""{"present":1,"lockdown":{{JsonSerializer.Serialize(Lockdown, ProtocolJson.Default.LockdownState)}}}""", 0);
        }
    }

    private void Decide(Exchange exchange, string id)
    {
        if (Refusal is { } refusal)
        {
            exchange.Error(refusal.Code, refusal.Name, refusal.Message);
            return;
        }

        exchange.Result($$"""{"id":"{{id}}","outcome":"denied","answered":1}""");
        _pending.RemoveAll(item => item.Id == id);
        Send(EventType.Decided, id, """{"outcome":"denied","by":"operator"}""");
    }

    private void Send(string type, string? id, string data, int step = 1)
    {
        _seq += step;
        _subscriber?.Raw(
            $$$"""{"jsonrpc":"2.0","method":"clearance.event","params":{"seq":{{{_seq}}},"epoch":"e","time":"2026-11-20T10:00:00.000Z","type":"{{{type}}}"{{{(id is null ? "" : $",\"id\":\"{id}\"")}}},"data":{{{data}}}}}""" + "\n");
    }
}
