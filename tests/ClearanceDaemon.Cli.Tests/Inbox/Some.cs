using System.Globalization;
using System.Text.Json;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary>Valid asks and events, as the daemon would send them.</summary>
internal static class Some
{
    public const string Epoch = "e1";

    /// <summary>The daemon's clock when a test begins: 2026-11-20T10:00:00.000Z.</summary>
    public static readonly long Start = Read("2026-11-20T10:00:00.000Z");

    public static string Id(int number) => number.ToString("x32", CultureInfo.InvariantCulture);

    public static string Time(long afterStart) => Timestamp.Format(Start + afterStart);

    public static PendingItem Ask(int number = 1, string action = "deploy.production", string? resource = "web1") => new()
    {
        Id = Id(number),
        Digest = $"sha256:{number:x64}",
        Asked = Time(0),
        Deadline = Time(60_000),
        Times = 1,
        Waiting = 1,
        Ask = new AskedFor { Action = action, Resource = resource },
        Claimed = new ClaimedFacts(),
        Verified = new VerifiedFacts { Uid = 1000, Gid = 1000, Pid = 4711, Via = "ask" },
        Observed = new PrincipalFacts { State = PrincipalState.Known, Principal = AskAs.Parent, Pid = 4700, Exe = "/usr/bin/bash", Command = "bash", Unit = "tmux.scope" },
        Scopes = [ScopeKind.Once, ScopeKind.For, ScopeKind.UntilExit, ScopeKind.Uses, ScopeKind.Always],
    };

    public static Dictionary<string, JsonElement> Details(string json) => JsonSerializer.Deserialize(json, TestJson.Default.DictionaryStringJsonElement)!;

    public static string Json(PendingItem item) => JsonSerializer.Serialize(item, ProtocolJson.Default.PendingItem);

    public static string SnapshotEnd(int present = 1, string lockdown = """{"on":false}""") => $"{{\"present\":{present},\"lockdown\":{lockdown}}}";

    /// <summary>The notification's line for an event.</summary>
    public static string Line(long seq, string type, string? id, string data, long time = 0) =>
        $$$"""{"jsonrpc":"2.0","method":"clearance.event","params":{"seq":{{{seq}}},"epoch":"{{{Epoch}}}","time":"{{{Time(time)}}}","type":"{{{type}}}"{{{(id is null ? "" : $",\"id\":\"{id}\"")}}},"data":{{{data}}} }}""" + "\n";

    public static string Grant(int number = 9) => $$"""
        {"id":"{{Id(number)}}","verdict":"allow","subject":{"uid":1000,"via":"ask"},"match":{"action":"deploy.production"},"scope":{"kind":"for","duration":"10m"},"made":"{{Time(0)}}","expires":"{{Time(600_000)}}"}
        """;

    private static long Read(string time) => Timestamp.TryParse(time, out var read) ? read : throw new FormatException(time);
}
