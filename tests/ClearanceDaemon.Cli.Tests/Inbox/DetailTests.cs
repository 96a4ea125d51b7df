using ClearanceDaemon.Cli.Inbox;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary>The detail of an ask: three groups set apart by words, by place and by colour.</summary>
public sealed class DetailTests
{
    private static readonly PendingItem Bare = Some.Ask() with
    {
        Ask = new AskedFor { Action = "a" },
        Verified = new VerifiedFacts { Uid = 1000, Gid = 1000, Via = "ask" },
        Observed = new PrincipalFacts { State = PrincipalState.Unknown, Principal = AskAs.Self },
    };

    [Fact]
    public void WhatIsAbsentHasNoRow()
    {
        var rows = Rows(Bare);
        Assert.Equal("VERIFIED   by the kernel: uid 1000, pid unknown, via ask", rows[0]);
        Assert.Equal("ASKED      a", rows[1]);
        Assert.Equal("OBSERVED   not proof: self, nothing could be read", rows[2]);
        Assert.Equal("RULE       none matched: a person decides", rows[3]);
        Assert.DoesNotContain(rows, static row => row.StartsWith("CLAIMED", StringComparison.Ordinal));
        Assert.DoesNotContain(rows, static row => row.Contains("resource", StringComparison.Ordinal) || row.Contains("changed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(PrincipalState.Known, "alive when seen")]
    [InlineData(PrincipalState.Changed, "NOT the program first seen")]
    [InlineData(PrincipalState.Gone, "has exited")]
    [InlineData(PrincipalState.Unknown, "nothing could be read")]
    [InlineData("newer", "newer")]
    public void WhatObservedFactsAreWorthIsSaid(string state, string said) =>
        Assert.Contains(Rows(Bare with { Observed = Bare.Observed with { State = state } }), row => row == $"OBSERVED   not proof: self, {said}");

    [Fact]
    public void EachGroupHasItsOwnColour()
    {
        var detail = new PendingDetail(Some.Ask() with { Claimed = new ClaimedFacts { Title = "t" } }, SafeText.None, 80);
        InboxStyle Of(string heading) => detail.Rows.First(row => row.ToString().StartsWith(heading, StringComparison.Ordinal)).Spans[0].Style;
        Assert.Equal(
            [InboxStyle.Verified, InboxStyle.Strong, InboxStyle.Observed, InboxStyle.Claimed],
            ((string[])["VERIFIED", "ASKED", "OBSERVED", "CLAIMED"]).Select(Of));
    }

    [Fact]
    public void AllThatIsAskedEndsBeforeWhatWasObserved()
    {
        var detail = new PendingDetail(
            Some.Ask() with { Ask = new AskedFor { Action = "a", Resource = "r", Details = Some.Details("""{"d":1}"""), Argv = ["x", "y"], As = "self" } }, SafeText.None, 80);
        Assert.StartsWith("OBSERVED", detail.Rows[detail.AskedEnd].ToString());
        Assert.Equal("  argv 1   y", detail.Rows[detail.AskedEnd - 1].ToString());
    }

    [Fact]
    public void ARefusalStandsFirstAndMustBeSeenToo()
    {
        var with = new PendingDetail(Bare, SafeText.Of($"{new string('w', 200)}"), 80);
        var without = new PendingDetail(Bare, SafeText.None, 80);
        Assert.StartsWith("REFUSED    w", with.Rows[0].ToString());
        Assert.Equal(without.AskedEnd + 3, with.AskedEnd);
    }

    [Fact]
    public void LongNamesOfDetailsAreWhole()
    {
        var name = new string('n', 64);
        var rows = Rows(Bare with { Ask = new AskedFor { Action = "a", Details = Some.Details($$"""{"{{name}}":"{{new string('v', 100)}}"}""") } });
        var whole = string.Concat(rows.SkipWhile(static row => !row.StartsWith("  detail", StringComparison.Ordinal)).TakeWhile(static row => !row.StartsWith("OBSERVED", StringComparison.Ordinal)).Select(static row => row[PendingDetail.ValueColumn..]));
        Assert.Equal($"{name} = {new string('v', 100)}", whole);
    }

    [Fact]
    public void ContinuedRowsAreMarked() => Assert.All(
        Rows(Bare with { Ask = new AskedFor { Action = "a", Resource = new string('x', 300) } }).Where(static row => row.TrimEnd().EndsWith('x') && !row.Contains("resource")),
        static row => Assert.StartsWith("        .  x", row));

    [Theory]
    [InlineData(67, 1)]
    [InlineData(68, 2)]
    public void TheCleanedNoteNeedsItsOwnRoom(int length, int rows)
    {
        // 10 columns of note and 8 of the code.
        var detail = new PendingDetail(Bare with { Ask = new AskedFor { Action = "a", Resource = new string('x', length - 18) + "\u202e" } }, SafeText.None, 78);
        Assert.Equal(2 + rows, detail.AskedEnd);
        Assert.EndsWith(" [cleaned]", detail.Rows[detail.AskedEnd - 1].ToString());
    }

    [Fact]
    public void TheSameWidthIsLaidOutOnce()
    {
        var ask = new InboxAsk(Some.Ask());
        Assert.Same(ask.Detail(80), ask.Detail(80));
        Assert.NotSame(ask.Detail(80), ask.Detail(81));
        var before = ask.Detail(80);
        ask.Item = ask.Item with { Times = 2 };
        Assert.NotSame(before, ask.Detail(80));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 3)]
    [InlineData(1000, 6)]
    [InlineData(-5, 0)]
    public void ScrollingStopsAtTheEnds(int to, int first)
    {
        var ask = new InboxAsk(Bare) { Scroll = to };
        Assert.Equal(first, ask.FirstRow(80, ask.Detail(80).Rows.Count - 6));
        Assert.Equal(0, ask.FirstRow(80, 1000));
    }

    private static string[] Rows(PendingItem item) => [.. new PendingDetail(item, SafeText.None, 80).Rows.Select(static row => row.ToString())];
}
