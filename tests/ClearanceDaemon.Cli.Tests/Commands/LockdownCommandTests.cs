namespace ClearanceDaemon.Cli.Tests.Commands;

/// <summary>Everything is denied, or not, and one sees which.</summary>
public sealed class LockdownCommandTests
{
    private const string On = """{"state":{"on":true,"since":"2026-11-20T10:00:00.000Z","reason":"odd"},"revoked":3,"denied":1}""";
    private const string Off = """{"state":{"on":false},"revoked":0,"denied":0}""";

    [Theory]
    [InlineData("{}", Off)]
    [InlineData("{}", Off, "status")]
    [InlineData("""{"on":false}""", Off, "off")]
    [InlineData("""{"on":true}""", On, "on")]
    [InlineData("""{"on":true,"reason":"odd"}""", On, "on", "--reason", "odd")]
    public void WhatIsMeantIsSent(string parameters, string result, params string[] args)
    {
        using var daemon = FakeDaemon.Answering(result);
        Assert.Equal(0, InProcess.Against(daemon, ["lockdown", .. args]).ExitCode);
        Assert.Equal(parameters, new Exchange(null!, Assert.Single(daemon.Lines)).Params);
        Assert.Equal(result + "\n", InProcess.Against(daemon, ["lockdown", .. args, "--json"]).Out);
    }

    [Fact]
    public void OnSaysWhatItDid()
    {
        using var daemon = FakeDaemon.Answering(On);
        Assert.Equal(
            """
            LOCKDOWN since 2026-11-20T10:00:00.000Z, everything is denied: odd
            3 grants revoked, 1 waiting ask denied
            to lift it: clearance lockdown off

            """,
            InProcess.Against(daemon, "lockdown", "on").Out);
    }

    [Fact]
    public void ToldItIsAnExitCodeAndRed()
    {
        using var daemon = FakeDaemon.Answering(On.Replace("3,", "0,").Replace("1}", "0}"));
        var run = new InProcess { IsTerminal = true }.Talk(daemon, "lockdown");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("\e[31mLOCKDOWN since", run.Out);
        Assert.EndsWith("odd\e[0m\nto lift it: clearance lockdown off\n", run.Out);
        Assert.Equal(1, InProcess.Against(daemon, "lockdown", "status", "--json").ExitCode);
    }

    [Fact]
    public void OffIsTold()
    {
        using var daemon = FakeDaemon.Answering(Off);
        Assert.Equal("no lockdown\n", InProcess.Against(daemon, "lockdown").Out);
        Assert.Equal("\e[32mno lockdown\e[0m\n", new InProcess { IsTerminal = true }.Talk(daemon, "lockdown", "off").Out);
    }

    [Fact]
    public void ADaemonThatDoesOtherwiseIsNoAnswer()
    {
        using var off = FakeDaemon.Answering(Off);
        InProcess.Against(off, "lockdown", "on").AssertFailed(127, "lockdown on");
        using var on = FakeDaemon.Answering(On);
        InProcess.Against(on, "lockdown", "off", "--json").AssertFailed(127, "lockdown off");
        using var odd = FakeDaemon.Answering("""{"state":{"on":true}}""");
        InProcess.Against(odd, "lockdown", "on").AssertFailed(127);
    }

    [Fact]
    public void ARefusalToLiftItExits1()
    {
        using var daemon = new FakeDaemon(static exchange => exchange.Error(-32002, "forbidden", "the verdict comes from another user namespace"));
        InProcess.Against(daemon, "lockdown", "off").AssertFailed(1, "the lockdown stays as it is: the verdict comes from another user namespace. clearance lockdown");
        using var unavailable = new FakeDaemon(static exchange => exchange.Error(-32008, "unavailable", "not on disk"));
        InProcess.Against(unavailable, "lockdown", "on").AssertFailed(127, "unavailable", "not on disk");
    }

    [Theory]
    [InlineData("no")]
    [InlineData("")]
    [InlineData("ON")]
    [InlineData("off", "--reason", "why")]
    [InlineData("--reason", "why")]
    [InlineData("on", "off")]
    public void AnythingElseIsBadUsage(params string[] args)
    {
        using var daemon = FakeDaemon.Answering(Off);
        InProcess.Against(daemon, ["lockdown", .. args]).AssertFailed(126);
        Assert.Empty(daemon.Lines);
    }
}
