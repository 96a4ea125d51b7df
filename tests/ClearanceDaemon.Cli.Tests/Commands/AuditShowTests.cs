using System.Globalization;
using System.Text.Json;

namespace ClearanceDaemon.Cli.Tests.Commands;

/// <summary>audit show against a daemon with a log of 250 records that pages as the protocol says.</summary>
public sealed class AuditShowTests
{
    private const int Records = 250;

    [Fact]
    public void TheNewestTwentyOldestFirst()
    {
        using var daemon = new FakeDaemon(Log);
        Assert.Equal(Enumerable.Range(231, 20), Sequence(InProcess.Against(daemon, "audit", "show", "--json")));
        Assert.Single(daemon.Lines);
    }

    [Theory]
    [InlineData("""{"v":1,"seq":1,"time":"T","kind":"effect","handler":"h","outcome":"allowed","failure":{"why":"exit"},"prev":"x"}""", "T 1 effect allowed - - - - - handler=h failure={\"why\":\"exit\"}")]
    [InlineData("""{"v":1,"seq":1,"time":"T","kind":"shield","event":"shield_down","container":"c1","via":"terok-shield"}""", "T 1 shield - - - - - terok-shield event=shield_down container=c1")]
    [InlineData("""{"v":1,"seq":1,"time":"T","kind":"handler","name":"h","state":"broken"}""", "T 1 handler - - - - - - name=h state=broken")]
    [InlineData("""{"v":1,"seq":1,"time":"T","kind":"verdict","outcome":"denied","more":1}""", "T 1 verdict denied - - - - -")]
    public void RecordsOfHandlersGoOnWithWhatTheyAreAbout(string record, string line)
    {
        using var daemon = FakeDaemon.Answering($$"""{"records":[{{record}}]}""");
        Assert.Equal(line + "\n", InProcess.Against(daemon, "audit", "show").Out);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(249, 3)]
    [InlineData(250, 3)]
    [InlineData(100_000, 3)]
    public void AsManyAsWantedPageByPage(int count, int pages)
    {
        using var daemon = new FakeDaemon(Log);
        var expected = Math.Min(count, Records);
        var run = InProcess.Against(daemon, "audit", "show", "-n", count.ToString(CultureInfo.InvariantCulture), "--json");
        Assert.Equal(Enumerable.Range(Records - expected + 1, expected), Sequence(run));
        Assert.Equal(pages, daemon.Lines.Count);
    }

    [Theory]
    [InlineData(0, 120)]
    [InlineData(200, 120)]
    [InlineData(250, 20)]
    public void AfterARecordTheNextOnes(int after, int count)
    {
        using var daemon = new FakeDaemon(Log);
        var run = InProcess.Against(daemon, "audit", "show", "--after", after.ToString(CultureInfo.InvariantCulture), "--count", count.ToString(CultureInfo.InvariantCulture), "--json");
        Assert.Equal(Enumerable.Range(after + 1, Math.Min(count, Records - after)), Sequence(run));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("100001")]
    [InlineData("many")]
    public void ACountOutsideTheLimitsIsBadUsage(string count) => new InProcess().Run("audit", "show", "-n", count).AssertFailed(126, count);

    [Fact]
    public void TheKindIsTheDaemonsToFilter()
    {
        using var daemon = new FakeDaemon(Log);
        _ = InProcess.Against(daemon, "audit", "show", "--kind", "ask");
        Assert.Equal("""{"limit":20,"kind":"ask","newest":true}""", new Exchange(null!, Assert.Single(daemon.Lines)).Params);
    }

    [Fact]
    public void ALineHasADashForWhatARecordLacks()
    {
        using var daemon = FakeDaemon.Answering(
            """{"records":[{"v":1,"seq":7,"time":"2026-11-20T10:00:00.000Z","kind":"ask","outcome":"denied","by":"rule:x","action":"a.b","resource":"r","pid":12,"via":"ask","prev":"0"},{"v":1,"seq":6,"time":"2026-11-20T09:00:00.000Z","kind":"start"}]}""");
        Assert.Equal(
            "2026-11-20T09:00:00.000Z 6 start - - - - - -\n2026-11-20T10:00:00.000Z 7 ask denied rule:x a.b r 12 ask\n",
            InProcess.Against(daemon, "audit", "show").Out);
    }

    [Theory]
    [InlineData("""{"records":[1,"x",null,[]]}""")]
    [InlineData("""{"records":[{"seq":null,"kind":{"a":[1]},"by":""}]}""")]
    public void OddRecordsAreShownAllTheSame(string result)
    {
        using var daemon = FakeDaemon.Answering(result);
        Assert.Equal((0, ""), (InProcess.Against(daemon, "audit", "show").ExitCode, InProcess.Against(daemon, "audit", "show", "--json").Error));
    }

    [Fact]
    public void ADaemonThatPagesInCirclesIsLeft()
    {
        using var daemon = FakeDaemon.Answering("""{"records":[{"seq":1}],"next":5}""");
        Assert.Equal(2, Sequence(InProcess.Against(daemon, "audit", "show", "--json")).Count);
    }

    [Fact]
    public void AnEmptyLogPrintsNothing()
    {
        using var daemon = FakeDaemon.Answering("""{"records":[]}""");
        Assert.Equal(new Outcome(0, "", ""), InProcess.Against(daemon, "audit", "show"));
    }

    private static List<int> Sequence(Outcome run)
    {
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return [.. run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("seq").GetInt32())];
    }

    private static void Log(Exchange exchange)
    {
        var query = JsonDocument.Parse(exchange.Params).RootElement;
        int Number(string name, int otherwise) => query.TryGetProperty(name, out var value) ? value.GetInt32() : otherwise;
        var limit = Number("limit", 100);
        Assert.InRange(limit, 1, 100);
        var newest = query.TryGetProperty("newest", out var flag) && flag.GetBoolean();
        var all = Enumerable.Range(1, Records).Where(seq => seq > Number("after", 0) && seq < Number("before", int.MaxValue));
        var page = (newest ? all.Reverse() : all).Take(limit).ToList();
        var more = page.Count > 0 && (newest ? page[^1] > 1 : page[^1] < Records);
        exchange.Result($$"""{"records":[{{string.Join(',', page.Select(static seq => $"{{\"seq\":{seq}}}"))}}]{{(more ? $",\"next\":{page[^1]}" : "")}}}""");
    }
}
