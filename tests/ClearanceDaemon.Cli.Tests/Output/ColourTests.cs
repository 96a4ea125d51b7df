using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Tests.Output;

/// <summary>When there are colours: on a terminal, unless told otherwise.</summary>
public sealed class ColourTests
{
    [Theory]
    [InlineData("auto", true, null, null, true)]
    [InlineData("auto", false, null, null, false)]
    [InlineData("auto", true, "1", null, false)]
    [InlineData("auto", true, "", null, true)]
    [InlineData("auto", true, null, "dumb", false)]
    [InlineData("auto", true, null, "xterm", true)]
    [InlineData("always", false, "1", "dumb", true)]
    [InlineData("never", true, null, null, false)]
    public void TheFlagThenTheEnvironmentThenTheTerminalDecide(string mode, bool terminal, string? noColor, string? term, bool on) =>
        Assert.Equal(on, ColourMode.IsOn(mode, () => terminal, name => name == "NO_COLOR" ? noColor : term));

    [Theory]
    [InlineData("allowed", "\e[32mallowed\e[0m by rule:x\n")]
    [InlineData("denied", "\e[31mdenied\e[0m by rule:x\n")]
    [InlineData("timed_out", "\e[33mtimed out\e[0m (rule:x)\n")]
    public void OnlyTheOutcomeIsColoured(string outcome, string line)
    {
        using var daemon = FakeDaemon.Answering($$"""{"outcome":"{{outcome}}","id":"1","by":"rule:x"}""");
        var run = new InProcess { IsTerminal = true }.Talk(daemon, "ask", "--action", "a");
        Assert.Equal(line, run.Out);
    }

    [Fact]
    public void NoColorIsRespectedByAWholeRun()
    {
        using var daemon = FakeDaemon.Answering(Answers.Status);
        var run = new InProcess { IsTerminal = true, Variables = { ["NO_COLOR"] = "1" } }.Talk(daemon, "status");
        Assert.DoesNotContain('\e', run.Out);
        Assert.Contains('\e', new InProcess { IsTerminal = true }.Talk(daemon, "status").Out);
    }

    [Fact]
    public void JsonHasNoColours()
    {
        using var daemon = FakeDaemon.Answering(Answers.Status);
        Assert.DoesNotContain('\e', new InProcess { IsTerminal = true }.Talk(daemon, "status", "--json", "--color", "always").Out);
    }

    [Fact]
    public void AnotherModeIsBadUsage() => new InProcess().Run("ping", "--color", "blue").AssertFailed(126, "blue");
}
