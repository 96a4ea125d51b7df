using System.Text.Json;

namespace ClearanceDaemon.Cli.Tests.Exec;

/// <summary>What <c>clearance exec</c> asks, and every case in which it runs nothing.</summary>
public sealed class ExecTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void TheExactCommandLineIsAskedAndTheFileItMeans()
    {
        var ls = Program("ls");
        var (run, ask) = Denied("--resource", "r", "--detail", "n:=3", "--", "ls", "-la", "a  b", "", "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("""["ls","-la","a  b","","--json"]""", ask.GetProperty("argv").GetRawText());
        Assert.Equal($$"""{"program":"{{ls}}","n":3}""", ask.GetProperty("details").GetRawText());
        Assert.Equal(("r", "parent"), (ask.GetProperty("resource").GetString(), ask.GetProperty("as").GetString()));
    }

    [Theory]
    [InlineData("denied", 1)]
    [InlineData("no_operator", 2)]
    [InlineData("timed_out", 3)]
    [InlineData("withdrawn", 3)]
    [InlineData("abstained", 4)]
    [InlineData("allowed!", 127)]
    public void WhatIsNotAllowedIsNotRun(string outcome, int exitCode)
    {
        using var daemon = FakeDaemon.Answering($$"""{"outcome":"{{outcome}}","id":"1","by":"rule:r","reason":"because"}""");
        Command(daemon, "/bin/true").AssertFailed(exitCode);
    }

    [Fact]
    public void WhyNotStandsOnStandardError()
    {
        using var daemon = FakeDaemon.Answering("""{"outcome":"denied","id":"1","by":"rule:no-rm","reason":"use trash-put"}""");
        Command(daemon, "/bin/true").AssertFailed(1, "denied by rule:no-rm: use trash-put");
    }

    [Theory]
    [InlineData("hello\n")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"outcome\":\"allowed\"}}\n")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"outcome\":\"allowed\",\"id\":\"1\"}}\n")]
    [InlineData("")]
    public void ADaemonThatDoesNotAnswerAllowsNothing(string reply)
    {
        using var daemon = new FakeDaemon(exchange =>
        {
            exchange.Raw(reply);
            exchange.HangUp();
        });
        Command(daemon, "/bin/true").AssertFailed(127);
    }

    [Fact]
    public void NobodyThereAllowsNothing() =>
        new InProcess { Variables = { ["CLEARANCE_ASK_SOCKET"] = _directory.Combine("none") } }
            .Run("exec", "--action", "a", "--", "/bin/true").AssertFailed(127, _directory.Combine("none"));

    [Fact]
    public void ACommandThatIsNotThereIsNotAsked()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        Command(daemon, "no-such-command-here").AssertFailed(127, "no-such-command-here", "not found on PATH");
        Command(daemon, _directory.Combine("none")).AssertFailed(127, _directory.Combine("none"), "not found");
        Assert.Empty(daemon.Lines);
    }

    [Fact]
    public void WhatIsNoProgramIsNotAsked()
    {
        File.WriteAllText(_directory.Combine("text"), "x");
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        Command(daemon, _directory.Combine("text")).AssertFailed(126, _directory.Combine("text"));
        Command(daemon, _directory.Path).AssertFailed(126, _directory.Path);
        Assert.Empty(daemon.Lines);
    }

    [Fact]
    public void AProgramThatChangedMeanwhileIsNotRun()
    {
        var program = Script("true");
        using var daemon = new FakeDaemon(exchange =>
        {
            Script("echo another");
            exchange.Result(Answers.Allowed);
        });
        Command(daemon, program).AssertFailed(127, program, "changed");
    }

    [Fact]
    public void AProgramThatWasReplacedMeanwhileIsNotRun()
    {
        // The same size and the same time: only the inode tells.
        var (program, other) = (Script("true"), Script("true", "other"));
        File.SetLastWriteTimeUtc(other, File.GetLastWriteTimeUtc(program));
        using var daemon = new FakeDaemon(exchange =>
        {
            File.Move(other, program, overwrite: true);
            exchange.Result(Answers.Allowed);
        });
        Command(daemon, program).AssertFailed(127, program, "changed");
    }

    [Fact]
    public void AProgramThatWentAwayMeanwhileIsNotRun()
    {
        var program = Script("true");
        using var daemon = new FakeDaemon(exchange =>
        {
            File.Delete(program);
            exchange.Result(Answers.Allowed);
        });
        Command(daemon, program).AssertFailed(127, program, "changed");
    }

    [Fact]
    public void WhatTheKernelCannotRunIsSaid()
    {
        // No shell reads it, as execvp(3) would have it.
        var program = _directory.Combine("noformat");
        File.WriteAllText(program, "echo ran");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        Command(daemon, program).AssertFailed(126, program, "Exec format error");
    }

    [Theory]
    [InlineData("there is no command", "exec", "--action", "a")]
    [InlineData("there is no command", "exec", "--action", "a", "--")]
    [InlineData("there is no command", "exec", "--action", "a", "--", "")]
    [InlineData("Put the command line it is about after --", "exec", "--action", "a", "true")]
    [InlineData("program", "exec", "--action", "a", "--detail", "program=/bin/ls", "--", "/bin/true")]
    [InlineData("--action", "exec", "--", "/bin/true")]
    public void WhatIsNotClearIsNotAsked(string part, params string[] args)
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        InProcess.Against(daemon, args).AssertFailed(126, part);
        Assert.Empty(daemon.Lines);
    }

    private static Outcome Command(FakeDaemon daemon, params string[] command) => InProcess.Against(daemon, ["exec", "--action", "a", "--", .. command]);

    private (Outcome Run, JsonElement Ask) Denied(params string[] args)
    {
        using var daemon = FakeDaemon.Answering("""{"outcome":"denied","id":"1"}""");
        var run = new InProcess { Variables = { ["PATH"] = $".:relative::{_directory.Path}:/usr/bin:/bin" } }.Talk(daemon, ["exec", "--action", "a", .. args]);
        return (run, JsonDocument.Parse(daemon.Lines.Single()).RootElement.GetProperty("params"));
    }

    private string Program(string name) => Script("true", name);

    private string Script(string body, string name = "program")
    {
        var path = _directory.Combine(name);
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
