using System.Text;
using System.Text.Json;

namespace ClearanceDaemon.Cli.Tests.Output;

/// <summary>A hostile daemon's text on every surface of this program (row B45's share of it).</summary>
public sealed class HostileTextTests
{
    private const string Hostile = "\u001b[2J\u001b]0;t\u0007\u001b]8;;x\u001b\\\u009b31m\u202eevil\u2066\u2069\r\b\u200b\u200e\U000E0041\u2028\u007f\n";

    private static readonly string Escaped = JsonEncodedText.Encode(Hostile).ToString();

    [Fact]
    public void B45_AskShowsNoControls() =>
        Check($$"""{"outcome":"denied","id":"1","by":"{{Escaped}}","reason":"{{Escaped}}","expires":"{{Escaped}}","changed":["{{Escaped}}"]}""", 1, "ask", "--action", "a");

    [Fact]
    public void B45_AnUnknownOutcomeShowsNoControls() => Check($$"""{"outcome":"{{Escaped}}","id":"1"}""", 127, "ask", "--action", "a");

    [Fact]
    public void B45_StatusShowsNoControls() =>
        Check(Answers.Status.Replace("0.1.0", Escaped).Replace("askLineBytes", Escaped).Replace("/c/", Escaped).Replace("ask.claude", Escaped), 0, "status");

    [Fact]
    public void B45_RulesListShowsNoControls() =>
        Check(
            $$"""{"state":"bad","sha256":"x","rules":[{"id":"{{Escaped}}","decision":"{{Escaped}}","action":"{{Escaped}}","file":"{{Escaped}}","line":1,"source":"{}"}],"problems":[{"file":"{{Escaped}}","line":1,"column":2,"message":"{{Escaped}}"}]}""",
            1,
            "rules", "list");

    [Fact]
    public void B45_ExplainShowsNoControls() =>
        Check(
            $$"""{"outcome":"{{Escaped}}","by":"{{Escaped}}","reason":"{{Escaped}}","decision":"{{Escaped}}","rules":[{"id":"{{Escaped}}","decision":"allow","file":"{{Escaped}}","line":1}],"nearMisses":[{"id":"{{Escaped}}","decision":"deny","failed":"{{Escaped}}","matcher":"{{Escaped}}","why":"{{Escaped}}"}]}""",
            0,
            "rules", "explain", "--action", "a");

    [Fact]
    public void B45_AuditShowsNoControls() =>
        Check($$$"""{"records":[{"v":1,"seq":1,"time":"{{{Escaped}}}","kind":"{{{Escaped}}}","action":"{{{Escaped}}}","resource":"{{{Escaped}}}","by":{"x":"{{{Escaped}}}"}}]}""", 0, "audit", "show");

    [Fact]
    public void B45_ErrorsShowNoControls()
    {
        using var daemon = new FakeDaemon(static exchange => exchange.Error(-32008, Hostile, Hostile, Hostile));
        Check(InProcess.Against(daemon, "ask", "--action", "a"), 127);
    }

    [Fact]
    public void B45_TheWaitingLineShowsNoControls()
    {
        using var daemon = new FakeDaemon(static exchange =>
        {
            exchange.Raw($$$"""{"jsonrpc":"2.0","method":"clearance.asked","params":{"request":1,"id":"{{{Escaped}}}","digest":"d","deadline":"{{{Escaped}}}"}}""" + "\n");
            exchange.Result(Answers.Allowed);
        });
        Check(new InProcess { IsTerminal = true }.Talk(daemon, "ask", "--action", "a", "--color", "never"), 0);
    }

    [Fact]
    public void B45_OurOwnArgumentsShowNoControls()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        Check(InProcess.Against(daemon, "ask", "--action", "a", "--detail", Hostile), 126);
        Check(InProcess.Against(daemon, "ask", "--action", "a", Hostile), 126);
        Check(InProcess.Against(daemon, Hostile), 126);
    }

    [Fact]
    public void JsonHasTheTrueTextAndNoControls()
    {
        // Written raw where JSON allows it: everything but C0 controls.
        var raw = string.Concat(Hostile.Where(static c => c >= ' ')) + "é😀";
        using var daemon = FakeDaemon.Answering($$"""{"outcome":"denied","id":"1","reason":"{{raw.Replace("\\", "\\\\")}}"}""");
        var run = InProcess.Against(daemon, "ask", "--action", "a", "--json");
        Assert.Equal(raw, run.Json().GetProperty("reason").GetString());
        Assert.Contains("é😀", run.Out);
        Check(run, 1);
    }

    [Fact]
    public void PlainTextIsLeftAlone()
    {
        using var daemon = FakeDaemon.Answering("""{"outcome":"denied","id":"1","reason":"Größe <b>&amp; 'x' \"y\" 日本語 😀 \\"}""");
        Assert.Equal("denied: Größe <b>&amp; 'x' \"y\" 日本語 😀 \\\n", InProcess.Against(daemon, "ask", "--action", "a").Out);
    }

    private static void Check(string result, int exitCode, params string[] args)
    {
        using var daemon = FakeDaemon.Answering(result);
        Check(InProcess.Against(daemon, args), exitCode);
    }

    private static void Check(Outcome run, int exitCode)
    {
        Assert.True(exitCode == run.ExitCode, $"exit {run.ExitCode}: {run.Error}");
        Assert.NotEqual("", run.Out + run.Error);
        foreach (var rune in (run.Out + run.Error).EnumerateRunes())
        {
            var plain = rune.Value == '\n' || !(Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune)
                is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator);
            Assert.True(plain, $"U+{rune.Value:X4} reached the output");
        }
    }
}
