namespace ClearanceDaemon.Cli.Tests.Commands;

/// <summary>rules list, explain and reload; check needs a process of its own.</summary>
public sealed class RulesCommandTests
{
    private const string List = """{"state":"ok","sha256":"abc","rules":[{"id":"github","decision":"allow","action":"net.connect","file":"/c/10.json","line":4,"source":"{}"},{"id":"no-rm","decision":"deny","action":"shell.exec fs.**","file":"/c/10.json","line":12,"source":"{}"}],"problems":[]}""";

    private const string Explained = """{"outcome":"denied","by":"rule:no-rm","reason":"use trash-put","rule":"no-rm","decision":"deny","rules":[{"id":"no-rm","decision":"deny","file":"/c/10.json","line":12}],"nearMisses":[{"id":"shell","decision":"allow","failed":"argv","matcher":"[\"ls\"]","why":"element 1 is \"rm\""}]}""";

    [Fact]
    public void ListLinesUp()
    {
        using var daemon = FakeDaemon.Answering(List);
        var run = InProcess.Against(daemon, "rules", "list");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("allow  github  net.connect       /c/10.json:4\ndeny   no-rm   shell.exec fs.**  /c/10.json:12\n", run.Out);
    }

    [Fact]
    public void EveryPageOfALongListIsShown()
    {
        const string first = """{"state":"ok","sha256":"abc","rules":[{"id":"one","decision":"allow","action":"a","file":"/f","line":1,"source":"{}"}],"problems":[],"next":1}""";
        const string second = """{"state":"ok","sha256":"abc","rules":[{"id":"two","decision":"deny","action":"b","file":"/f","line":2,"source":"{}"}],"problems":[]}""";
        using var daemon = new FakeDaemon(exchange => exchange.Result(exchange.Line.Contains("\"after\":1", StringComparison.Ordinal) ? second : first));
        Assert.Equal("allow  one  a  /f:1\ndeny   two  b  /f:2\n", InProcess.Against(daemon, "rules", "list").Out);
        Assert.Equal(first + "\n" + second + "\n", InProcess.Against(daemon, "rules", "list", "--json").Out);
    }

    [Fact]
    public void AListWhoseNextDoesNotRiseEnds()
    {
        using var daemon = FakeDaemon.Answering("""{"state":"ok","sha256":"abc","rules":[],"problems":[],"next":1}""");
        Assert.StartsWith("no rules", InProcess.Against(daemon, "rules", "list").Out);
    }

    [Fact]
    public void AnEmptyListSaysWhatThatMeans()
    {
        using var daemon = FakeDaemon.Answering("""{"state":"ok","sha256":"abc","rules":[],"problems":[]}""");
        Assert.StartsWith("no rules", InProcess.Against(daemon, "rules", "list").Out);
    }

    [Fact]
    public void ABadFileIsShownAndExits1()
    {
        using var daemon = FakeDaemon.Answering(
            List.Replace("\"state\":\"ok\"", "\"state\":\"stale\"").Replace("\"problems\":[]", "\"problems\":[{\"file\":\"/c/b.json\",\"line\":1,\"column\":2,\"message\":\"no\"}]"));
        var run = InProcess.Against(daemon, "rules", "list");
        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("/c/b.json:1:2: no\n", run.Out);
    }

    [Theory]
    [InlineData("rules", "list")]
    [InlineData("rules", "reload")]
    [InlineData("rules", "explain", "--action", "a")]
    public void JsonIsWhatTheDaemonSaid(params string[] verb)
    {
        var result = verb[1] switch
        {
            "list" => List,
            "reload" => """{"state":"ok","count":2,"sha256":"abc","problems":[]}""",
            _ => Explained,
        };
        using var daemon = FakeDaemon.Answering(result);
        var run = InProcess.Against(daemon, [.. verb, "--json"]);
        Assert.Equal((0, result + "\n", ""), (run.ExitCode, run.Out, run.Error));
    }

    [Fact]
    public void ExplainSaysWhyAndExits0WhateverTheOutcome()
    {
        using var daemon = FakeDaemon.Answering(Explained);
        var run = InProcess.Against(daemon, "rules", "explain", "--action", "shell.exec", "--via", "claude", "--detail", "n:=1", "--", "rm");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            """
            denied by rule:no-rm: use trash-put
            decision: deny
            rules that took part:
              deny  no-rm  /c/10.json:12
            near misses:
              allow  shell  argv is not ["ls"]: element 1 is "rm"

            """,
            run.Out);
        Assert.Equal(
            """{"action":"shell.exec","details":{"n":1},"argv":["rm"],"as":"parent","via":"claude"}""",
            new Exchange(null!, Assert.Single(daemon.Lines)).Params);
    }

    [Fact]
    public void ExplainWithoutRulesSaysSo()
    {
        using var daemon = FakeDaemon.Answering("""{"outcome":"no_operator","by":"default","decision":"ask","rules":[],"nearMisses":[]}""");
        Assert.Equal(
            "no operator (default)\ndecision: ask\nrules that took part: none\nnear misses: none\n",
            InProcess.Against(daemon, "rules", "explain", "--action", "a").Out);
    }

    [Theory]
    [InlineData("ok", 0)]
    [InlineData("stale", 1)]
    [InlineData("bad", 1)]
    public void ReloadSaysWhatCameOfIt(string state, int exitCode)
    {
        using var daemon = FakeDaemon.Answering($$"""{"state":"{{state}}","count":2,"sha256":"abc","problems":[]}""");
        var run = InProcess.Against(daemon, "rules", "reload");
        Assert.Equal((exitCode, $"{state}: 2 rules in force, sha256 abc\n"), (run.ExitCode, run.Out));
    }

    [Fact]
    public void CheckNeedsAPath() => new InProcess().Run("rules", "check").AssertFailed(126, "clearance rules check --help");

    [Fact]
    public void CheckWithoutADaemonSaysWhereItLooked() => new InProcess().Run("rules", "check", "x.json").AssertFailed(127, "clearanced", "PATH");

    [Theory]
    [InlineData("rules")]
    [InlineData("audit")]
    public void AGroupWithoutAVerbIsBadUsage(string group) => new InProcess().Run(group).AssertFailed(126, $"clearance {group} --help");
}
