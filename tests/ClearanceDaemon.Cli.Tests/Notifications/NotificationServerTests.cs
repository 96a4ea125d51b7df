using System.Text.Json;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Notifications;

/// <summary>Against a server that does what it is told to: what exactly is shown, and what exactly decides.</summary>
public sealed class NotificationServerTests : IDisposable
{
    private const string Allow = "clearance-allow-once";
    private const string Deny = "clearance-deny";
    private static readonly string[] Both = [Allow, "Allow once", Deny, "Deny"];

    private readonly SessionBus _bus = new();
    private readonly OperatorDaemon _daemon = new();

    public void Dispose()
    {
        _daemon.Dispose();
        _bus.Dispose();
    }

    [Fact]
    public void AnAskIsShownWithItsTwoButtonsAndAPressIsAVerdict()
    {
        var server = new ScriptedServer(_bus, ScriptedServer.Usual);
        using var run = new NotifyRun(_bus, _daemon);
        _daemon.WaitForSubscriptions(1);
        Assert.True(_daemon.Subscriptions.First().GetProperty("answers").GetBoolean());
        var item = OperatorDaemon.Item(1, new AskedFor { Action = "net.connect", Resource = "api.github.com:443", Argv = ["curl", "a b"] });
        _daemon.Ask(item);
        var shown = server.WaitForShown(1);
        Assert.Equal("May I? net.connect", Text(shown, "summary"));
        Assert.Contains("On: api.github.com:443\nCommand: curl 'a b'\nThrough socket: claude", Text(shown, "body"));
        Assert.Equal(Both, Actions(shown));
        Assert.Equal(2, shown.GetProperty("urgency").GetInt32());
        Assert.InRange(shown.GetProperty("timeout").GetInt32(), 500_000, 600_000);

        server.Press(1, Allow);
        _daemon.WaitForDecisions(1);
        var decision = Assert.Single(_daemon.Decisions);
        Assert.Equal((item.Id, item.Digest, "allow"), (Text(decision, "id"), Text(decision, "digest"), Text(decision, "verdict")));
        Assert.Equal("once", Text(decision.GetProperty("scope"), "kind"));

        _daemon.Ask(OperatorDaemon.Item(2));
        server.WaitForShown(2);
        server.Press(2, Deny);
        _daemon.WaitForDecisions(2);
        Assert.Equal("deny", Text(_daemon.Decisions[1], "verdict"));
        Assert.Equal((0, ""), run.Stop());
    }

    [Theory]
    [InlineData(Deny, "default")]
    [InlineData(Deny, Allow)]
    [InlineData("default", Deny)]
    public void B48_TheFirstOfOurOwnIdsDecidesOnce(params string[] keys)
    {
        var server = new ScriptedServer(_bus, ScriptedServer.Usual);
        using var run = new NotifyRun(_bus, _daemon);
        _daemon.WaitForSubscriptions(1);
        _daemon.Ask(OperatorDaemon.Item(1));
        server.WaitForShown(1);
        server.Press(1, keys);
        _daemon.WaitForDecisions(1);
        // Whatever came of the rest of the trace has come before the next ask is answered.
        _daemon.Ask(OperatorDaemon.Item(2));
        server.WaitForShown(2);
        server.Press(2, Deny);
        _daemon.WaitForDecisions(2);
        Assert.Equal(["deny", "deny"], _daemon.Decisions.Select(static decision => Text(decision, "verdict")));
        run.Stop();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void B48_ClosingDecidesNothing(int reason)
    {
        var server = new ScriptedServer(_bus, ScriptedServer.Usual);
        using var run = new NotifyRun(_bus, _daemon);
        _daemon.WaitForSubscriptions(1);
        _daemon.Ask(OperatorDaemon.Item(1));
        server.WaitForShown(1);
        server.Press(1, "default", "0", "allow", "clearance-allow-always");
        server.Dismiss(1, reason);
        _daemon.Ask(OperatorDaemon.Item(2));
        server.WaitForShown(2);
        server.Press(2, Deny);
        _daemon.WaitForDecisions(1);
        Assert.Equal(OperatorDaemon.Item(2).Id, Text(Assert.Single(_daemon.Decisions), "id"));
        run.Stop();
    }

    [Fact]
    public void B46_B47_AskersTextIsOnlyEverText()
    {
        const string Markup = "<b>bold</b> & <a href=\"http://x\">y</a> &lt; \\074i\\076 \\n \\\\";
        var server = new ScriptedServer(_bus, ScriptedServer.Usual);
        using var run = new NotifyRun(_bus, _daemon);
        _daemon.WaitForSubscriptions(1);
        var details = new Dictionary<string, JsonElement> { ["--action=x"] = JsonDocument.Parse("\"Allow once\"").RootElement };
        _daemon.Ask(OperatorDaemon.Item(1, new AskedFor { Action = "a.b", Resource = Markup, Argv = ["--action=default=Deny", "-A", "x=Allow"], Details = details },
            new ClaimedFacts { Title = "--hint=int:x:1", Reason = "clearance-allow-once" }));
        var shown = server.WaitForShown(1);
        var escaped = Markup.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
        Assert.StartsWith($"On: {escaped}\nDetail: --action=x = \"Allow once\"\nCommand: --action=default=Deny -A x=Allow\n", Text(shown, "body"));
        Assert.Equal(Both, Actions(shown));
        Assert.Equal("Clearance", Text(shown, "app"));

        // A whole argument that looks like an option: what stands after -- is none.
        _daemon.Ask(OperatorDaemon.Item(2, new AskedFor { Action = "--help" }));
        Assert.Equal("May I? --help", Text(server.WaitForShown(2), "summary"));
        run.Stop();
    }

    [Fact]
    public void WhatIsNotShownAsItIsCannotBeAllowed()
    {
        var server = new ScriptedServer(_bus, ScriptedServer.Usual);
        using var run = new NotifyRun(_bus, _daemon, ("LC_ALL", "C"), ("LANG", null));
        _daemon.WaitForSubscriptions(1);
        _daemon.Ask(OperatorDaemon.Item(1, new AskedFor { Action = "a", Resource = "é\u202egnp" }));
        var shown = server.WaitForShown(1);
        Assert.Contains("On: é\\u{202e}gnp\n", Text(shown, "body"));
        Assert.EndsWith("\nCharacters that hide or act are shown as codes. To allow it: clearance watch", Text(shown, "body"));
        Assert.Equal([Deny, "Deny"], Actions(shown));
        _daemon.Ask(OperatorDaemon.Item(2, new AskedFor { Action = "a", Resource = new string('x', 500) }));
        shown = server.WaitForShown(2);
        Assert.Contains("… (500 characters) … xxxxxxxxxxxxxxxx\n", Text(shown, "body"));
        Assert.Equal([Deny, "Deny"], Actions(shown));
        server.Press(2, Allow, Deny);
        _daemon.WaitForDecisions(1);
        Assert.Equal("deny", Text(Assert.Single(_daemon.Decisions), "verdict"));
        run.Stop();
    }

    [Fact]
    public void ARefusedVerdictIsShown()
    {
        _daemon.Refusal = (-32002, "forbidden", "you are a child of what asks <b>; answer from another terminal");
        var server = new ScriptedServer(_bus, ScriptedServer.Usual);
        using var run = new NotifyRun(_bus, _daemon);
        _daemon.WaitForSubscriptions(1);
        _daemon.Ask(OperatorDaemon.Item(1));
        server.WaitForShown(1);
        server.Press(1, Allow);
        var shown = server.WaitForShown(2);
        Assert.Equal("Not decided: demo.n1", Text(shown, "summary"));
        Assert.Contains("forbidden: you are a child of what asks &lt;b&gt;; answer from another terminal", Text(shown, "body"));
        Assert.Empty(Actions(shown));
        run.Stop();
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string[] Actions(JsonElement shown) => [.. shown.GetProperty("actions").EnumerateArray().Select(static action => action.GetString()!)];
}
