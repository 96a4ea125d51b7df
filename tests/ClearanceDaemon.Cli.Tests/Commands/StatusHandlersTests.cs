using static ClearanceDaemon.Cli.Tests.HandlersDaemon;

namespace ClearanceDaemon.Cli.Tests.Commands;

/// <summary>What <c>status</c> says of handlers.</summary>
public sealed class StatusHandlersTests
{
    [Fact]
    public void WithoutHandlersThereIsNoLine() => Assert.DoesNotContain("handlers", Status(Answers.Status).Out);

    [Theory]
    [InlineData("none", "is none: no program can be run")]
    [InlineData("idle", "is not running, as nothing needs it")]
    [InlineData("connected", "runs")]
    [InlineData("newer", "newer")]
    public void HowManyAreOnAndHowTheirProcessStands(string process, string said)
    {
        var run = Status(With([Hello, Shield], process: process));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"\nhandlers    1 on, 1 off; their process {said}\ncounters ", run.Out);
    }

    [Fact]
    public void WhatIsNotWellStandsBelowAndIsRed()
    {
        var run = Status(With([Guard, Hello], """[{"file":"/c/odd.json","line":3,"column":7,"message":"unknown member"}]"""), isTerminal: true);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            """
            handlers    [31m2 on, 0 off; their process is not running, as nothing needs it[0m
                        [31mguard: broken: it exited before it answered, exit code 3: no key; tried again at 2026-11-20T10:01:00.000Z[0m
                        [31m/c/odd.json:3:7: unknown member[0m

            """,
            run.Out.Replace("\e", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("unreachable", "[]", 1)]
    [InlineData("idle", """[{"file":"f","line":0,"column":0,"message":"m"}]""", 1)]
    [InlineData("idle", "[]", 0)]
    public void TheExitCodeSaysItToo(string process, string problems, int exitCode)
    {
        Assert.Equal(exitCode, Status(With([Hello], problems, process)).ExitCode);
        using var daemon = FakeDaemon.Answering(With([Hello], problems, process));
        Assert.Equal(exitCode, InProcess.Against(daemon, "status", "--json").ExitCode);
    }

    [Fact]
    public void OneThatBacksOffIsNoReasonToAlarm()
    {
        var run = Status(With([Hello.Replace("\"state\":\"ok\"", "\"state\":\"backing_off\",\"lastFailure\":" + TooLate, StringComparison.Ordinal)]));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\n            hello: backing off: it did not answer within 2s\n", run.Out);
    }

    [Fact]
    public void LinesOfUnknownKindsAreCounted()
    {
        var shield = Shield.Replace("\"calls\":0", "\"calls\":0,\"counters\":{\"events\":0,\"malformed\":2,\"unknown:shield_paused\":3}", StringComparison.Ordinal);
        var run = Status(With([shield]), isTerminal: true);
        Assert.Contains("\n            \e[33mterok-shield: malformed 2, unknown:shield_paused 3\e[0m\n", run.Out);
        Assert.DoesNotContain("terok-shield", Status(With([Shield])).Out);
    }

    private static string With(string[] items, string problems = "[]", string process = "idle") => Answers.Status.Replace(
        "\"counters\"", $$""" "handlers":{"items":[{{string.Join(',', items)}}],"problems":{{problems}},"process":"{{process}}"},"counters" """, StringComparison.Ordinal);

    private static Outcome Status(string answer, bool isTerminal = false)
    {
        using var daemon = FakeDaemon.Answering(answer);
        return new InProcess { IsTerminal = isTerminal }.Talk(daemon, "status");
    }
}
