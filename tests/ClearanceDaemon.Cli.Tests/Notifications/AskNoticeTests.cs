using System.Text.Json;
using ClearanceDaemon.Cli.Notifications;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Notifications;

/// <summary>What a notice says of an ask, and when it may offer to allow it.</summary>
public sealed class AskNoticeTests
{
    private const long Now = 1_800_000_000_000;

    [Fact]
    public void WhatIsAskedComesFirstAndWhatIsClaimedLastInQuotes()
    {
        var item = OperatorDaemon.Item(
            1,
            new AskedFor { Action = "deploy.production", Resource = "web", Details = Details("host", "\"web1\""), Argv = ["sh", "-c", "it's"] },
            new ClaimedFacts { Title = "Release", Reason = "because", Project = "/home/me/app" }) with
        { Rule = "prod", RuleReason = "ask me", Changed = ["details.host"] };
        var notice = AskNotice.Of(item, Now);
        Assert.Equal("May I? deploy.production", notice.Summary);
        Assert.Equal(
            """
            On: web
            Detail: host = "web1"
            Command: sh -c 'it'\''s'
            Through socket: claude
            Seen: /usr/bin/curl, pid 4711 (self)
            Rule: “ask me”
            Not as granted before: details.host
            It says: “Release”
            Reason: “because”
            Project: “/home/me/app”
            """,
            notice.Body);
        Assert.Equal(NoticeButtons.AllowOrDeny, notice.Buttons);
        Assert.True(notice.IsUrgent);
    }

    [Theory]
    [InlineData(PrincipalState.Changed, "changed, /usr/bin/curl, pid 4711 (self)")]
    [InlineData(PrincipalState.Gone, "gone, /usr/bin/curl, pid 4711 (self)")]
    public void WhatWasSeenSaysWhatItIsWorth(string state, string line) => Assert.Contains(
        "Seen: " + line,
        AskNotice.Of(OperatorDaemon.Item(1) with { Observed = new PrincipalFacts { State = state, Principal = AskAs.Self, Pid = 4711, Exe = "/usr/bin/curl" } }, Now).Body);

    [Fact]
    public void OneWhoseEffectFailedSaysSoFirst()
    {
        var notice = AskNotice.Of(OperatorDaemon.Item(1) with { Failed = Failed("exit code 1") }, Now);
        Assert.StartsWith("FAILED: allowed by operator, but terok-shield failed: exit code 1; a verdict tries again\n", notice.Body);
        Assert.Equal(NoticeButtons.AllowOrDeny, notice.Buttons);
    }

    [Fact]
    public void AContainerStandsInPlaceOfAProcess() => Assert.Contains(
        "\nSeen: container c1, by its reporter's word",
        AskNotice.Of(OperatorDaemon.Item(1) with { Observed = new PrincipalFacts { State = PrincipalState.Unknown, Principal = AskAs.Container, Container = "c1" } }, Now).Body);

    [Fact]
    public void AValueOfTheLastColumnIsWholeAndOneMoreIsCut()
    {
        Assert.Equal(NoticeButtons.AllowOrDeny, Of(new AskedFor { Action = "a", Resource = new string('x', NoticeLimits.ValueColumns) }).Buttons);
        var cut = Of(new AskedFor { Action = "a", Resource = new string('x', NoticeLimits.ValueColumns) + "y" });
        Assert.Equal(NoticeButtons.Deny, cut.Buttons);
        Assert.Contains("x … (121 characters) … y\n", cut.Body);
        Assert.EndsWith("clearance watch", cut.Body);
    }

    [Fact]
    public void AnActionOfTheLastColumnIsWholeAndOneMoreIsCut()
    {
        Assert.Equal(NoticeButtons.AllowOrDeny, Of(new AskedFor { Action = new string('a', NoticeLimits.SummaryColumns) }).Buttons);
        Assert.Equal(NoticeButtons.Deny, Of(new AskedFor { Action = new string('a', NoticeLimits.SummaryColumns + 1) }).Buttons);
    }

    [Fact]
    public void ABodyOfTheLastLineIsWholeAndOneMoreIsCut()
    {
        var details = new Dictionary<string, JsonElement>();
        for (var number = 0; number < NoticeLimits.BodyLines - 2; number++)
        {
            details.Add($"d{number}", JsonDocument.Parse("1").RootElement);
        }

        var whole = Of(new AskedFor { Action = "a", Details = details });
        Assert.Equal((NoticeLimits.BodyLines, NoticeButtons.AllowOrDeny), (whole.Body.Split('\n').Length, whole.Buttons));
        details.Add("one", JsonDocument.Parse("true").RootElement);
        var cut = Of(new AskedFor { Action = "a", Details = details });
        Assert.Equal((NoticeLimits.BodyLines + 1, NoticeButtons.Deny), (cut.Body.Split('\n').Length, cut.Buttons));
    }

    [Theory]
    [InlineData("\u202e")]
    [InlineData("a\nAllowed by: rule")]
    [InlineData("\u001b[2J")]
    [InlineData("\U000E0041")]
    [InlineData("\0")]
    public void B45_WhatHidesOrActsIsShownAsACodeAndNotAllowed(string text)
    {
        PendingItem[] hostile =
        [
            OperatorDaemon.Item(1, new AskedFor { Action = "a", Resource = text }),
            OperatorDaemon.Item(1, new AskedFor { Action = text }),
            OperatorDaemon.Item(1, new AskedFor { Action = "a", Argv = ["x", text] }),
            OperatorDaemon.Item(1, null, new ClaimedFacts { Title = text }),
            OperatorDaemon.Item(1, null, new ClaimedFacts { Reason = text }),
            OperatorDaemon.Item(1, null, new ClaimedFacts { Project = text }),
            OperatorDaemon.Item(1) with { Observed = new PrincipalFacts { State = PrincipalState.Known, Principal = AskAs.Self, Command = text } },
            OperatorDaemon.Item(1) with { Observed = new PrincipalFacts { State = PrincipalState.Unknown, Principal = AskAs.Container, Container = text } },
            OperatorDaemon.Item(1) with { Failed = Failed(text) },
            OperatorDaemon.Item(1, new AskedFor { Action = "a", Details = new() { [text] = JsonDocument.Parse("1").RootElement } }),
        ];
        Assert.All(hostile, item =>
        {
            var notice = AskNotice.Of(item, Now);
            Assert.Equal(NoticeButtons.Deny, notice.Buttons);
            Assert.Contains("\\u{", notice.Summary + notice.Body);
            Assert.DoesNotContain(text, notice.Summary + notice.Body, StringComparison.Ordinal);
            Assert.DoesNotContain(notice.Summary + notice.Body, static unit => unit != '\n' && char.IsControl(unit));
        });
    }

    [Theory]
    [InlineData("\"\\u0070rod\"", "\"prod\"", NoticeButtons.AllowOrDeny)]
    [InlineData("\"\\u202e\"", "\"\\u{202e}\"", NoticeButtons.Deny)]
    [InlineData("\"\\ud800\"", "\"\\u{d800}\"", NoticeButtons.Deny)]
    [InlineData("true", "true", NoticeButtons.AllowOrDeny)]
    [InlineData("-7", "-7", NoticeButtons.AllowOrDeny)]
    public void DetailsAreShownAsWhatTheyAreNotAsTheyWereWritten(string json, string shown, object buttons)
    {
        var notice = Of(new AskedFor { Action = "a", Details = Details("d", json) });
        Assert.Contains($"Detail: d = {shown}\n", notice.Body);
        Assert.Equal((NoticeButtons)buttons, notice.Buttons);
    }

    [Theory]
    [InlineData(90_000, 90)]
    [InlineData(-5_000, 1)]
    [InlineData(40L * 86_400_000, 20 * 86_400)]
    public void ItLastsUntilTheDeadlineWithinReason(long milliseconds, long seconds)
    {
        var item = OperatorDaemon.Item(1) with { Deadline = Timestamp.Format(Now + milliseconds) };
        Assert.Equal(TimeSpan.FromSeconds(seconds), AskNotice.Of(item, Now).Lasts);
    }

    [Fact]
    public void TroubleAndLockdownOfferNothing()
    {
        var trouble = AskNotice.OfTrouble(OperatorDaemon.Item(1), "no\u001b[m");
        Assert.Equal((NoticeButtons.None, "no\\u{1b}[m"), (trouble.Buttons, trouble.Body));
        var lockdown = AskNotice.OfLockdown(new LockdownState { On = true });
        Assert.Equal((NoticeButtons.None, "To lift it: clearance lockdown off"), (lockdown.Buttons, lockdown.Body));
        Assert.Equal(("1 more ask waits", "2 more asks wait"), (AskNotice.OfMore(1).Summary, AskNotice.OfMore(2).Summary));
    }

    private static FailedEffect Failed(string message) => new()
    {
        Handler = "terok-shield",
        Outcome = "allowed",
        By = "operator",
        Time = "T",
        Attempts = 1,
        Failure = new HandlerFailure { Why = HandlerFault.Exit, Message = message, Stderr = new string('x', 400) },
    };

    private static Notice Of(AskedFor ask) => AskNotice.Of(OperatorDaemon.Item(1, ask), Now);

    private static Dictionary<string, JsonElement> Details(string name, string json) => new() { [name] = JsonDocument.Parse(json).RootElement };
}
