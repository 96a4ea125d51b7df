using static ClearanceDaemon.Cli.Tests.DeskDaemon;

namespace ClearanceDaemon.Cli.Tests.Commands;

/// <summary>A verdict that could not be carried out waits again, and says so; asks of containers name the container.</summary>
public sealed class FailedEffectTests
{
    private const string Failed =
        ""","failed":{"handler":"terok-shield","outcome":"allowed","by":"operator","time":"2026-11-20T10:00:10.000Z","attempts":2,"failure":{"why":"exit","message":"exit code 1","stderr":"no such container\n","exitCode":1}}""";

    private const string Said = "allowed by operator, but terok-shield failed: exit code 1: no such container";

    [Fact]
    public void TheListSaysSoBelowIt()
    {
        using var desk = new DeskDaemon([Ask(First), Ask(Third, extra: Failed)]);
        Assert.Equal(
            $"""
            ID        AGE  LEFT  ACTION       RESOURCE            VIA     TIMES
            7f3a0011  12s  78s   net.connect  api.github.com:443  claude  1
            9c2e0011  12s  78s   net.connect  api.github.com:443  claude  1
            9c2e0011  FAILED: {Said}; a verdict tries again

            """,
            InProcess.Against(desk.Daemon, "pending").Out);
    }

    [Fact]
    public void WholeItSaysWhenAndHowOften()
    {
        using var desk = new DeskDaemon([Ask(First, extra: Failed)]);
        var run = new InProcess { IsTerminal = true }.Talk(desk.Daemon, "pending", First);
        Assert.Contains($"\nfailed       \e[31m{Said}\e[0m\n             tried 2 times, last at 2026-11-20T10:00:10.000Z; a verdict tries again\n", run.Out);
    }

    [Fact]
    public void JsonHasIt()
    {
        using var desk = new DeskDaemon([Ask(First, extra: Failed)]);
        Assert.Equal("terok-shield", InProcess.Against(desk.Daemon, "pending", "--json").Json().GetProperty("failed").GetProperty("handler").GetString());
    }

    [Theory]
    [InlineData("allow", "allowed")]
    [InlineData("deny", "denied")]
    public void AVerdictOnItIsAsOnAnyOther(string verb, string outcome)
    {
        using var desk = new DeskDaemon([Ask(First, extra: Failed)]);
        var run = InProcess.Against(desk.Daemon, verb, "7f3a");
        Assert.Equal(
            new Outcome(
                0,
                $"7f3a0011  net.connect api.github.com:443, asked via claude by pid 4710\n7f3a0011  FAILED: {Said}; a verdict tries again\n7f3a0011  {outcome}, 2 waiting requests answered\n",
                ""),
            run);
        Assert.Equal($$"""{"id":"{{First}}","digest":"{{Digest}}","verdict":"{{verb}}"}""", Assert.Single(desk.Told).GetRawText());
    }

    [Theory]
    [InlineData("""{"why":"deadline","message":"it did not answer within 10s"}""", "it did not answer within 10s")]
    [InlineData("""{"why":"exit","message":"it exited","exitCode":1}""", "it exited, exit code 1")]
    [InlineData("""{"why":"exit","message":"Exit code 1","exitCode":1,"stderr":" \n"}""", "Exit code 1")]
    [InlineData("""{"why":"start","message":""}""", "start")]
    public void WhatFailedIsSaidOnce(string failure, string said)
    {
        using var desk = new DeskDaemon([Ask(First, extra: $$""","failed":{"handler":"h","outcome":"denied","by":"rule:x","time":"T","attempts":1,"failure":{{failure}}}""")]);
        Assert.Contains($"\n7f3a0011  FAILED: denied by rule:x, but h failed: {said}; a verdict tries again\n", InProcess.Against(desk.Daemon, "pending").Out);
        Assert.Contains("\n             tried at T; a verdict tries again\n", InProcess.Against(desk.Daemon, "pending", First).Out);
    }

    [Fact]
    public void AContainerStandsInPlaceOfAProcess()
    {
        using var desk = new DeskDaemon([Ask(First).Replace(
            """{"state":"known","principal":"parent","pid":4710,"exe":"/usr/bin/node"}""", """{"state":"unknown","principal":"container","container":"c1"}""", StringComparison.Ordinal)]);
        Assert.Contains("\nobserved, no proof\n  principal  container c1, by its reporter's word\nclaimed", InProcess.Against(desk.Daemon, "pending", First).Out);
        Assert.StartsWith("7f3a0011  net.connect api.github.com:443, asked via claude by container c1\n", InProcess.Against(desk.Daemon, "allow", First).Out);
    }
}
