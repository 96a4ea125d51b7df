using System.Globalization;
using System.Text;
using System.Text.Json;
using static ClearanceDaemon.Cli.Tests.DeskDaemon;

namespace ClearanceDaemon.Cli.Tests.Output;

/// <summary>The corpus of hostile texts in every member that an asker or a daemon fills, through every verb about asks, grants and the log.</summary>
public sealed class HostileVerbsTests
{
    public static readonly TheoryData<string, string> Corpus = new()
    {
        { "CSI", "\e[2J\e[31;7m\e[1;1H" },
        { "OSC with BEL", "\e]0;title\a" },
        { "OSC with ST", "\e]8;;https://x\e\\link\e]8;;\e\\" },
        { "DCS", "\eP$q\"p\e\\" },
        { "eight-bit C1", "\u009b2J\u009d0;t\u009c\u0090\u0085" },
        { "right-to-left override", "safe\u202Etxt.exe" },
        { "isolates", "\u2066\u2067\u2068a\u2069\u202c" },
        { "carriage return", "deny\rallow" },
        { "backspace", "deny\b\b\b\ballow" },
        { "zero width", "a\u200b\u200c\u200d\u2060\ufeffb" },
        { "tag characters", "a\U000E0041\U000E0042\U000E007F" },
        { "line ends", "a\nallowed\u2028b\u2029c\v\f" },
        { "DEL and NUL's neighbours", "\u007f\u0001\u001f" },
    };

    [Theory]
    [MemberData(nameof(Corpus))]
    public void B45_PendingShowsNoControls(string name, string text)
    {
        using var desk = new DeskDaemon([Hostile(text)]);
        Clean(name, text, InProcess.Against(desk.Daemon, "pending"), 0);
        Clean(name, text, InProcess.Against(desk.Daemon, "pending", "-v"), 0);
        Clean(name, text, InProcess.Against(desk.Daemon, "pending", First, "--json"), 0);
        Clean(name, text, new InProcess { IsTerminal = true }.Talk(desk.Daemon, "pending", First, "--color", "never"), 0);
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void B45_VerdictsShowNoControls(string name, string text)
    {
        using var desk = new DeskDaemon([Hostile(text)])
        {
            OnDecide = exchange => exchange.Result($$"""{"id":"{{First}}","outcome":"allowed","answered":1,"grant":{{HostileGrant(text)}}}"""),
        };
        Clean(name, text, InProcess.Against(desk.Daemon, "allow", First, "--always"), 0);
        Clean(name, text, InProcess.Against(desk.Daemon, "allow", First, "--json"), 0);
        using var refusing = new DeskDaemon([Hostile(text)]) { OnDecide = exchange => exchange.Error(-32002, text, text, text) };
        Clean(name, text, InProcess.Against(refusing.Daemon, "deny", First), 1);
        Clean(name, text, InProcess.Against(refusing.Daemon, "deny", text), 126);
        Clean(name, text, InProcess.Against(refusing.Daemon, "deny", First, "--always", "--bind", text), 126);
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void B45_TheActionLineIsUnchanged(string name, string text)
    {
        // Whatever else an ask holds, what is asked for stands on its own line as it would without.
        using var plain = new DeskDaemon([Ask(First)]);
        using var desk = new DeskDaemon([Ask(First, claimed: $$"""{"title":{{Json(text)}},"reason":{{Json(text)}},"project":{{Json(text)}}}""", extra: $",\"rule\":{Json(text)}")]);
        Assert.Equal(InProcess.Against(plain.Daemon, "pending").Out, InProcess.Against(desk.Daemon, "pending").Out);
        Assert.Equal(InProcess.Against(plain.Daemon, "deny", First).Out, InProcess.Against(desk.Daemon, "deny", First).Out);
        var whole = InProcess.Against(desk.Daemon, "pending", First).Out;
        Assert.Contains("\n  action     net.connect\n  resource   api.github.com:443\n", whole);
        Clean(name, text, InProcess.Against(desk.Daemon, "pending", First), 0);
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void B45_GrantsShowNoControls(string name, string text)
    {
        using var desk = new DeskDaemon(grants: [HostileGrant(text)]);
        Clean(name, text, InProcess.Against(desk.Daemon, "grants"), 0);
        Clean(name, text, InProcess.Against(desk.Daemon, "grants", "list", "--json"), 0);
        Clean(name, text, InProcess.Against(desk.Daemon, "grants", "revoke", First), 0);
        Clean(name, text, InProcess.Against(desk.Daemon, "grants", "revoke", text), 126);
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void B45_LockdownShowsNoControls(string name, string text)
    {
        using var daemon = FakeDaemon.Answering($$"""{"state":{"on":true,"since":{{Json(text)}},"reason":{{Json(text)}}},"revoked":1,"denied":1}""");
        Clean(name, text, InProcess.Against(daemon, "lockdown", "on", "--reason", text), 0);
        Clean(name, text, InProcess.Against(daemon, "lockdown", "--json"), 1);
        using var status = FakeDaemon.Answering(Answers.Status.Replace(
            "\"counters\"", $"\"lockdown\":{{\"on\":true,\"since\":{Json(text)},\"reason\":{Json(text)}}},\"counters\"", StringComparison.Ordinal));
        Clean(name, text, InProcess.Against(status, "status"), 1);
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void B45_HandlersShowNoControls(string name, string text)
    {
        using var daemon = new FakeDaemon(exchange => exchange.Result(exchange.Method switch
        {
            "handlers.list" => Handlers(text).Replace("\"name\":" + Json(text), "\"name\":\"hello\"", StringComparison.Ordinal),
            "handlers.test" => $$"""{"sent":{{Json(text)}},"received":{{Json(text)}},"verdict":{{Json(text)}},"milliseconds":1}""",
            "daemon.status" => Answers.Status.Replace("\"counters\"", $"\"handlers\":{Handlers(text)},\"counters\"", StringComparison.Ordinal),
            _ => $$"""{"changed":true,"handler":{{Handler(text)}}}""",
        }));
        Clean(name, text, InProcess.Against(daemon, "handlers"), 1);
        Clean(name, text, InProcess.Against(daemon, "handlers", "list", "--json"), 1);
        Clean(name, text, InProcess.Against(daemon, "handlers", "enable", text), 0);
        Clean(name, text, InProcess.Against(daemon, "handlers", "disable", text), 127);
        Clean(name, text, InProcess.Against(daemon, "handlers", "test", "hello", "--action", "a"), 0);
        Clean(name, text, InProcess.Against(daemon, "handlers", "test", text, "--action", "a"), 1);
        Clean(name, text, InProcess.Against(daemon, "handlers", "test", "hello", "--params", text), 126);
        Clean(name, text, InProcess.Against(daemon, "status"), 1);
        using var failing = new FakeDaemon(exchange => exchange.Result(exchange.Method == "handlers.list" ? $$"""{"items":[{{HandlersDaemon.Hello}}],"problems":[],"process":"idle"}""" : $$"""{"failure":{{Failure(text)}},"milliseconds":1}"""));
        Clean(name, text, InProcess.Against(failing, "handlers", "test", "hello"), 1);
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void B45_RecordsOfHandlersShowNoControls(string name, string text)
    {
        using var daemon = FakeDaemon.Answering($$"""{"records":[{"v":1,"seq":1,"time":"T","kind":"effect","handler":{{Json(text)}},{{Json("x" + text)}}:{{Json(text)}},"failure":{{Failure(text)}} }]}""");
        Clean(name, text, InProcess.Against(daemon, "audit", "show"), 0);
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void B45_AuditVerifyShowsNoControls(string name, string text)
    {
        using var daemon = FakeDaemon.Answering(
            $$"""{"ok":false,"records":1,"files":1,"first":1,"last":1,"head":{{Json(text)}},"anchor":{"seq":1,"sha256":"","time":{{Json(text)}}},"findings":[{"alarm":true,"message":{{Json(text)}},"file":{{Json(text)}},"line":1}]}""");
        Clean(name, text, InProcess.Against(daemon, "audit", "verify"), 1);
        Clean(name, text, InProcess.Against(daemon, "audit", "verify", "--json"), 1);
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void B45_AuditExportShowsAPersonNoControls(string name, string text)
    {
        // What JSON lets stand as it is goes into the record so, as a hostile daemon would have it.
        var raw = string.Concat(text.Where(static c => c is >= ' ' and not ('"' or '\\')));
        using var daemon = FakeDaemon.Answering($$"""{"records":[{"seq":1,"prev":"","a":{{Json(text)}},"b":"{{raw}}"}]}""");
        Clean(name, text, new InProcess { IsTerminal = true }.Talk(daemon, "audit", "export", "--color", "never"), 0);
    }

    private static string Hostile(string text) => Ask(
        First,
        $$"""{"action":{{Json(text)}},"resource":{{Json(text)}},"details":{ {{Json(text)}}:{{Json(text)}}},"argv":[{{Json(text)}},"x"],"as":{{Json(text)}}}""",
        $$"""{"title":{{Json(text)}},"reason":{{Json(text)}},"project":{{Json(text)}}}""",
        $",\"rule\":{Json(text)},\"ruleReason\":{Json(text)},\"ceiling\":{Json(text)},\"key\":{Json(text)},\"changed\":[{Json(text)}],\"failed\":{Failed(text)}")
        .Replace("\"via\":\"claude\"", $"\"via\":{Json(text)}", StringComparison.Ordinal)
        .Replace("\"exe\":\"/usr/bin/node\"", $"\"exe\":{Json(text)},\"command\":{Json(text)},\"unit\":{Json(text)},\"started\":{Json(text)}", StringComparison.Ordinal)
        .Replace("\"state\":\"known\",\"principal\":\"parent\"", $"\"state\":{Json(text)},\"principal\":{Json(text)}", StringComparison.Ordinal)
        .Replace("\"digest\":\"" + Digest, $"\"digest\":\"{Json(text)[1..^1]}", StringComparison.Ordinal)
        .Replace("\"scopes\":[\"once\",\"for\"]", $"\"scopes\":[{Json(text)}]", StringComparison.Ordinal)
        .Replace("\"2026-11-20T10:01:30.000Z\"", Json(text), StringComparison.Ordinal);

    private static string Failed(string text) =>
        $$"""{"handler":{{Json(text)}},"outcome":{{Json(text)}},"by":{{Json(text)}},"time":{{Json(text)}},"attempts":2,"failure":{{Failure(text)}}}""";

    private static string Failure(string text) => $$"""{"why":{{Json(text)}},"message":{{Json(text)}},"stderr":{{Json(text)}},"exitCode":1}""";

    private static string Handler(string text) =>
        $$"""{"name":{{Json(text)}},"kind":{{Json(text)}},"enabled":true,"state":{{Json(text)}},"problem":{{Json(text)}},"file":{{Json(text)}},"methods":{ {{Json(text)}}:{{Json(text)}}},"decides":[{{Json(text)}}],"effects":[{{Json(text)}}],"socket":{{Json(text)}},"inFlight":0,"calls":1,"failures":1,"lastFailure":{{Failure(text)}},"retryAt":{{Json(text)}},"counters":{ {{Json("unknown:" + text)}}:1} }""";

    private static string Handlers(string text) =>
        $$"""{"items":[{{Handler(text)}}],"problems":[{"file":{{Json(text)}},"line":1,"column":1,"message":{{Json(text)}}}],"process":{{Json(text)}}}""";

    private static string HostileGrant(string text) => Grant(First, $$"""{"kind":{{Json(text)}}}""", $",\"rule\":{Json(text)},\"expires\":{Json(text)}")
        .Replace("\"verdict\":\"allow\"", $"\"verdict\":{Json(text)}", StringComparison.Ordinal)
        .Replace("\"via\":\"claude\"", $"\"via\":{Json(text)}", StringComparison.Ordinal)
        .Replace("\"details.env\":\"prod\"", $"{Json(text)}:{Json(text)}", StringComparison.Ordinal);

    private static string Json(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";

    private static void Clean(string name, string text, Outcome run, int exitCode)
    {
        Assert.True(exitCode == run.ExitCode, $"{name}: exit {run.ExitCode}: {run.Error}");
        Assert.NotEqual("", run.Out + run.Error);
        foreach (var rune in (run.Out + run.Error).EnumerateRunes())
        {
            var plain = rune.Value == '\n' || !(Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            Assert.True(plain, $"{name}: U+{rune.Value:X4} of {Json(text)} reached the output");
        }
    }
}
