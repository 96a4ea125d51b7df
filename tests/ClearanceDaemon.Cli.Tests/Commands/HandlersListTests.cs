using static ClearanceDaemon.Cli.Tests.HandlersDaemon;

namespace ClearanceDaemon.Cli.Tests.Commands;

/// <summary>The handlers and how they are.</summary>
public sealed class HandlersListTests
{
    [Theory]
    [InlineData("handlers")]
    [InlineData("handlers", "list")]
    public void OneOnALineAndWhatIsWrongBelow(params string[] verb)
    {
        using var daemon = new HandlersDaemon(Guard, Hello, Shield) { Problems = """[{"file":"/c/handlers.d/odd.json","line":3,"column":7,"message":"unknown member"}]""" };
        var run = InProcess.Against(daemon.Daemon, verb);
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            """
            NAME          KIND         STATE     ROLES                CALLS  FAILURES
            guard         request      broken    guard.see            5      5
                                                 guard.set (operator)
                                                 decides deploy.*
                                                 decides shell.exec
                                                 effects vault.open
            hello         kept         ok        hello.world          12     1
            terok-shield  compiled in  disabled  effects net.connect  0      0
            /c/handlers.d/odd.json:3:7: unknown member
            guard: broken: it exited before it answered, exit code 3: no key; tried again at 2026-11-20T10:01:00.000Z

            """,
            run.Out);
    }

    [Fact]
    public void JsonIsWhatTheDaemonSaid()
    {
        using var daemon = new HandlersDaemon(Hello, Shield);
        Assert.Equal(new Outcome(0, daemon.List + "\n", ""), InProcess.Against(daemon.Daemon, "handlers", "list", "--json"));
        Assert.Equal(daemon.List + "\n", InProcess.Against(daemon.Daemon, "handlers", "--json").Out);
    }

    [Fact]
    public void NoneSaysWhereManifestsGo()
    {
        using var daemon = new HandlersDaemon();
        var run = new InProcess { Variables = { ["HOME"] = "/home/me" } }.Talk(daemon.Daemon, "handlers");
        Assert.Equal(
            "no handlers; a program's manifest goes to /home/me/.config/clearance/handlers.d/NAME.json or /etc/clearance/handlers.d/NAME.json\n", run.Out);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void APersonWithoutProgramsIsToldSoToo()
    {
        using var daemon = new HandlersDaemon(Shield);
        var run = new InProcess { IsTerminal = true, Variables = { ["XDG_CONFIG_HOME"] = "/x" } }.Talk(daemon.Daemon, "handlers");
        Assert.StartsWith("no programs of yours; a program's manifest goes to /x/clearance/handlers.d/NAME.json or /etc", run.Error);
        Assert.Equal("", InProcess.Against(daemon.Daemon, "handlers").Error);
    }

    [Theory]
    [InlineData("\"state\":\"ok\"", "\"state\":\"bad\",\"problem\":\"its program is not there\"", 1, "hello: bad: its program is not there\n")]
    [InlineData("\"state\":\"ok\"", "\"state\":\"backing_off\",\"lastFailure\":" + TooLate + ",\"retryAt\":\"T\"", 0, "hello: backing off: it did not answer within 2s; tried again at T\n")]
    [InlineData("\"calls\":12", "\"calls\":12,\"lastFailure\":" + TooLate, 0, "hello: last failure: it did not answer within 2s\n")]
    [InlineData("\"state\":\"ok\"", "\"state\":\"odd\"", 1, "hello: odd\n")]
    public void WhatIsNotWellIsSaid(string well, string ill, int exitCode, string said)
    {
        using var daemon = new HandlersDaemon(Hello.Replace(well, ill, StringComparison.Ordinal));
        var run = InProcess.Against(daemon.Daemon, "handlers");
        Assert.Equal(exitCode, run.ExitCode);
        Assert.EndsWith(said, run.Out);
        Assert.Equal(exitCode, InProcess.Against(daemon.Daemon, "handlers", "--json").ExitCode);
    }

    [Fact]
    public void AnUnreachableHandlersProcessIsNotWell()
    {
        using var daemon = new HandlersDaemon(Hello) { Process = "unreachable" };
        var run = InProcess.Against(daemon.Daemon, "handlers");
        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("the handlers process cannot be reached: clearance doctor says more\n", run.Out);
    }

    [Fact]
    public void AnOlderDaemonHasNone()
    {
        using var daemon = new FakeDaemon(static exchange => exchange.Error(-32601, "method_not_found", "no such method"));
        InProcess.Against(daemon, "handlers").AssertFailed(127, "older than this program");
    }
}
