using static ClearanceDaemon.Cli.Tests.HandlersDaemon;

namespace ClearanceDaemon.Cli.Tests.Commands;

/// <summary>A handler is tried, and both lines are shown.</summary>
public sealed class HandlersTestTests
{
    [Fact]
    public void TheOnlyMethodNeedsNoName()
    {
        using var daemon = new HandlersDaemon(Hello, Guard);
        var run = InProcess.Against(daemon.Daemon, "handlers", "test", "hello");
        Assert.Equal(new Outcome(0, "→ {\"id\":1}\n← {\"id\":1,\"result\":{}}\nanswered, 12.3 ms\n", ""), run);
        Assert.Equal("""{"name":"hello","method":"hello.world","params":{}}""", daemon.Told("handlers.test").GetRawText());
    }

    [Fact]
    public void ParametersAreSentOnOneLine()
    {
        using var daemon = new HandlersDaemon(Guard);
        InProcess.Against(daemon.Daemon, "handlers", "test", "guard", "--method", "guard.set", "--params", "{\n \"who\": \"é\",\n \"n\": 1.50 }");
        var told = daemon.Told("handlers.test");
        Assert.Equal("guard.set", told.GetProperty("method").GetString());
        Assert.Equal("é", told.GetProperty("params").GetProperty("who").GetString());
        Assert.Equal("1.50", told.GetProperty("params").GetProperty("n").GetRawText());
    }

    [Fact]
    public void AnAskIsDescribedAsAskTakesIt()
    {
        using var daemon = new HandlersDaemon(Guard) { Tried = """{"sent":"s","received":"r","verdict":"denied","milliseconds":1}""" };
        var run = InProcess.Against(daemon.Daemon, "handlers", "test", "guard", "--action", "deploy.prod", "--resource", "web", "--detail", "n:=3", "--as", "self", "--", "a", "-b");
        Assert.Equal(new Outcome(0, "→ s\n← r\nwould have been denied, 1.0 ms\n", ""), run);
        Assert.Equal(
            """{"name":"guard","ask":{"action":"deploy.prod","resource":"web","details":{"n":3},"argv":["a","-b"],"as":"self"}}""",
            daemon.Told("handlers.test").GetRawText());
    }

    [Theory]
    [InlineData("allowed", "would have been allowed, 1.0 ms")]
    [InlineData("ask", "leaves the ask to a person, 1.0 ms")]
    public void TheVerdictIsSaid(string verdict, string said)
    {
        using var daemon = new HandlersDaemon(Guard) { Tried = $$"""{"sent":"s","received":"r","verdict":"{{verdict}}","milliseconds":1}""" };
        Assert.EndsWith(said + "\n", InProcess.Against(daemon.Daemon, "handlers", "test", "guard", "--action", "a").Out);
    }

    [Fact]
    public void AFailureShowsWhatCameAndExits1()
    {
        using var daemon = new HandlersDaemon(Hello) { Tried = """{"sent":"s","failure":{"why":"exit","message":"it exited before it answered","stderr":"boom","exitCode":7},"milliseconds":2001}""" };
        Assert.Equal(
            new Outcome(1, "→ s\n← nothing came back\nfailed (exit): it exited before it answered, exit code 7: boom, 2001.0 ms\n", ""),
            InProcess.Against(daemon.Daemon, "handlers", "test", "hello"));
    }

    [Fact]
    public void JsonIsWhatTheDaemonSaid()
    {
        using var daemon = new HandlersDaemon(Hello) { Tried = $$"""{"failure":{{TooLate}},"milliseconds":2000}""" };
        Assert.Equal(new Outcome(1, daemon.Tried + "\n", ""), InProcess.Against(daemon.Daemon, "handlers", "test", "hello", "--json"));
    }

    [Fact]
    public void AnUnknownNameSaysWhereNamesAre()
    {
        using var daemon = new HandlersDaemon(Hello);
        InProcess.Against(daemon.Daemon, "handlers", "test", "nobody").AssertFailed(1, "nobody: there is no handler", "clearance handlers list");
    }

    [Theory]
    [InlineData("guard has 2 methods: guard.see, guard.set. Name one with --method", "guard")]
    [InlineData("terok-shield has no methods", "terok-shield")]
    [InlineData("Give one of the two", "hello", "--method", "m", "--action", "a")]
    [InlineData("Give one of the two", "hello", "--params", "{}", "--action", "a")]
    [InlineData("--resource goes with --action", "hello", "--resource", "r")]
    [InlineData("-- goes with --action", "guard", "--", "x")]
    [InlineData("not JSON", "hello", "--params", "{")]
    [InlineData("not JSON that can be sent", "hello", "--params", """{"a":"\ud800"}""")]
    [InlineData("not JSON that can be sent", "hello", "--params", """{"\udc00":{}}""")]
    [InlineData("not an object", "hello", "--params", "[1]")]
    [InlineData("--wait", "hello", "--action", "a", "--wait", "soon")]
    public void WhatCannotBeMeantIsNotSent(string said, params string[] args)
    {
        using var daemon = new HandlersDaemon(Guard, Hello, Shield);
        InProcess.Against(daemon.Daemon, ["handlers", "test", .. args]).AssertFailed(126, said);
        Assert.DoesNotContain(daemon.Daemon.Lines, static line => line.Contains("handlers.test"));
    }

    [Fact]
    public void ADaemonThatHangsBeyondTheHandlersDeadlineDoesNotHangUs()
    {
        using var daemon = new HandlersDaemon(Hello.Replace("\"2s\"", "\"10ms\"", StringComparison.Ordinal)) { Otherwise = static _ => { } };
        new InProcess { AnswerWithin = TimeSpan.FromMilliseconds(200) }.Talk(daemon.Daemon, "handlers", "test", "hello").AssertFailed(127, "did not answer in time");
    }
}
