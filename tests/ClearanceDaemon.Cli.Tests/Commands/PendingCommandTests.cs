using System.Globalization;
using System.Text.Json;
using static ClearanceDaemon.Cli.Tests.DeskDaemon;

namespace ClearanceDaemon.Cli.Tests.Commands;

/// <summary>What waits, in short and whole.</summary>
public sealed class PendingCommandTests
{
    private const string Full = """{"action":"shell.exec","resource":"/srv","details":{"env":"prod","n":3,"ok":true},"argv":["rm","-r","a b",""],"as":"parent"}""";

    [Fact]
    public void OneOnALineAndLinedUp()
    {
        using var desk = new DeskDaemon([Ask(First), Ask(Third, Full, extra: ",\"rule\":\"prod\"").Replace("\"times\":1", "\"times\":14")]);
        var run = InProcess.Against(desk.Daemon, "pending");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            """
            ID        AGE  LEFT  ACTION       RESOURCE            VIA     TIMES
            7f3a0011  12s  78s   net.connect  api.github.com:443  claude  1
            9c2e0011  12s  78s   shell.exec   /srv                claude  14

            """,
            run.Out);
    }

    [Fact]
    public void IdsAreAsLongAsTheyMustBe()
    {
        using var desk = new DeskDaemon([Ask(First), Ask(First[..11] + "f" + First[12..])]);
        Assert.Contains("\n7f3a00112233  ", InProcess.Against(desk.Daemon, "pending").Out);
    }

    [Fact]
    public void ALongResourceIsCutWithLengthAndTail()
    {
        using var desk = new DeskDaemon([Ask(First, $$"""{"action":"a","resource":"{{new string('x', 4000)}}-the-end"}""")]);
        var row = InProcess.Against(desk.Daemon, "pending").Out;
        Assert.Contains("… (4008 characters, ends xxxxxxxx-the-end)", row);
        Assert.True(row.Length < 400, row);
    }

    [Fact]
    public void NothingWaitsIsNoErrorAndSaidToAPersonOnly()
    {
        using var desk = new DeskDaemon();
        Assert.Equal(new Outcome(0, "", ""), InProcess.Against(desk.Daemon, "pending"));
        Assert.Equal(new Outcome(0, "", ""), InProcess.Against(desk.Daemon, "pending", "--json"));
        Assert.Equal("no ask waits\n", new InProcess { IsTerminal = true }.Talk(desk.Daemon, "pending").Error);
    }

    [Theory]
    [InlineData(null, 250, 3)]
    [InlineData(250, 250, 3)]
    [InlineData(101, 101, 2)]
    [InlineData(100, 100, 1)]
    [InlineData(1, 1, 1)]
    public void EveryPageIsReadUpToTheLimit(int? limit, int shown, int pages)
    {
        using var desk = new DeskDaemon(Enumerable.Range(0, 250).Select(static i => Ask(i.ToString("x32", CultureInfo.InvariantCulture))));
        string[] flags = limit is { } most ? ["--limit", most.ToString(CultureInfo.InvariantCulture)] : [];
        var run = InProcess.Against(desk.Daemon, ["pending", "--json", .. flags]);
        var ids = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString());
        Assert.Equal(Enumerable.Range(0, shown).Select(static i => i.ToString("x32", CultureInfo.InvariantCulture)), ids);
        Assert.Equal(pages, desk.Daemon.Lines.Count);
    }

    [Fact]
    public void ADaemonThatPagesInCirclesIsLeft()
    {
        using var daemon = FakeDaemon.Answering($$"""{"items":[{{Ask(First)}}],"next":5}""");
        Assert.Equal(0, InProcess.Against(daemon, "pending").ExitCode);
        Assert.Equal(2, daemon.Lines.Count);
    }

    [Fact]
    public void WholeSetsApartWhatIsAskedVerifiedObservedAndClaimed()
    {
        const string Claimed = """{"title":"Clean","reason":"disk is full","project":"/home/me/app"}""";
        const string Extra = ",\"ceiling\":\"2h\",\"rule\":\"prod\",\"ruleReason\":\"look twice\",\"key\":\"k\",\"changed\":[\"details.env\",\"argv\"]";
        using var desk = new DeskDaemon([Ask(First, Full, Claimed, Extra)]);
        var run = InProcess.Against(desk.Daemon, "pending", "7f3a");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            $"""
            ask          {First}
            digest       {Digest}
            asked        2026-11-20T10:00:00.000Z, 12s ago, 1 time, 1 waiting
            deadline     2026-11-20T10:01:30.000Z, 78s left
            asked for
              action     shell.exec
              resource   /srv
              detail     env=prod
              detail     n:=3
              detail     ok:=true
              argv       rm
              argv       -r
              argv       'a b'
              argv       ''
              as         parent
            verified by the kernel
              peer       uid 1000, gid 1000, pid 4711
              via        claude
            observed, no proof
              principal  parent, pid 4710, known
              program    /usr/bin/node
            claimed by the asker
              title      Clean
              reason     disk is full
              project    /home/me/app
            terms
              scopes     once, for; at most 2h
              rule       prod: look twice
              key        k
              changed    details.env, argv; a grant fits but for this

            """,
            run.Out);
        Assert.Equal(run.Out, InProcess.Against(desk.Daemon, "pending", "-v").Out);
    }

    [Fact]
    public void WholeSaysWhatThereIsNot()
    {
        using var desk = new DeskDaemon([Ask(First)]);
        var whole = InProcess.Against(desk.Daemon, "pending", First).Out;
        Assert.Contains("\nclaimed by the asker: nothing\nterms\n", whole);
        Assert.Contains("\n  rule       none matched\n", whole);
        Assert.DoesNotContain("argv", whole);
    }

    [Fact]
    public void WholeIsNeverCutAndSaysThatItWasCleaned()
    {
        var longText = new string('x', 4000);
        using var desk = new DeskDaemon([Ask(First, $$"""{"action":"a","resource":"{{longText}}"}""", "{\"reason\":\"\\u202e\"}")]);
        var run = InProcess.Against(desk.Daemon, "pending", First);
        Assert.Contains($"  resource   {longText}\n", run.Out);
        Assert.Contains("  reason     \\u{202e}\n", run.Out);
        Assert.EndsWith("Codes such as \\u{202e} stand for characters that would hide or reorder text.\n", run.Out);
    }

    [Fact]
    public void JsonIsTheAskAsItCame()
    {
        var item = Ask(First, Full, extra: ",\"news\":[1.50]");
        using var desk = new DeskDaemon([item, Ask(Third)]);
        Assert.Equal(item + "\n", InProcess.Against(desk.Daemon, "pending", "7f3a", "--json").Out);
        Assert.Equal(item + "\n" + Ask(Third) + "\n", InProcess.Against(desk.Daemon, "pending", "--json").Out);
    }

    [Fact]
    public void AnIdOfNoneOrOfSeveralIsTold()
    {
        using var desk = new DeskDaemon([Ask(First), Ask(Second), Ask(Third)]);
        var unknown = InProcess.Against(desk.Daemon, "pending", "abcd");
        unknown.AssertFailed(1, "abcd: no ask has this id", "clearance pending lists them");
        InProcess.Against(desk.Daemon, "pending", "7f3a").AssertFailed(126, "2 asks", "7f3a0011", "7f3a0099", "more digits");
        var both = InProcess.Against(desk.Daemon, "pending", "abcd", "9c2e");
        Assert.Equal(1, both.ExitCode);
        Assert.Contains(Third, both.Out);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7f3")]
    [InlineData("7F3A")]
    [InlineData("last")]
    [InlineData("7f3a00112233445566778899aabbccdd0")]
    public void B54_WhatIsNoIdIsBadUsage(string id)
    {
        using var desk = new DeskDaemon([Ask(First)]);
        InProcess.Against(desk.Daemon, "pending", id).AssertFailed(126, $"\"{id}\"", "digits");
        Assert.Empty(desk.Daemon.Lines);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    public void ALimitBelowOneIsBadUsage(string limit) => new InProcess().Run("pending", "--limit", limit).AssertFailed(126, limit);

    [Theory]
    [InlineData("""{"items":[{"id":"x"}]}""")]
    [InlineData("""{"items":{}}""")]
    [InlineData("""{}""")]
    [InlineData("null")]
    public void AnAnswerOfAnotherShapeIsNone(string result)
    {
        using var daemon = FakeDaemon.Answering(result);
        InProcess.Against(daemon, "pending").AssertFailed(127);
    }

    [Fact]
    public void AnIdThatIsNoneIsNotListed()
    {
        using var daemon = FakeDaemon.Answering($$"""{"items":[{{Ask("")}}]}""");
        InProcess.Against(daemon, "pending").AssertFailed(127, "no id");
    }

    [Fact]
    public void TimesThatCannotBeReadOrArePastAreSaidSo()
    {
        var past = Ask(First).Replace("10:01:30", "09:00:00").Replace("10:00:00", "yesterday");
        using var desk = new DeskDaemon([past]);
        Assert.Contains("7f3a0011  ?    over  net.connect", InProcess.Against(desk.Daemon, "pending").Out);
    }
}
