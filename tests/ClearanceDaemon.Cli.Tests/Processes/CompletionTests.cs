namespace ClearanceDaemon.Cli.Tests.Processes;

/// <summary>Completion as shells do it: their script calls the program, which parses what was typed so far.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("clearance ru", "rules")]
    [InlineData("clearance rules ", "explain")]
    [InlineData("clearance rules ", "check")]
    [InlineData("clearance ask --re", "--resource")]
    [InlineData("clearance ask --as ", "session")]
    [InlineData("clearance completion ", "fish")]
    [InlineData("clearance --color ", "never")]
    public void SuggestionsComeFromTheParser(string line, string suggestion)
    {
        var run = RealProcess.Run([$"[suggest:{line.Length}]", line]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(suggestion, run.Out.Split('\n'));
    }

    [Theory]
    [InlineData("clearance allow ", "7f3a0011", "9c2e0011")]
    [InlineData("clearance deny 9c", "9c2e0011")]
    [InlineData("clearance pending 7f3a0011 9", "9c2e0011")]
    [InlineData("clearance grants revoke ", "00ff0011")]
    [InlineData("clearance lockdown ", "on", "off", "status")]
    [InlineData("clearance audit ", "show", "verify", "export")]
    public void IdsComeFromTheDaemon(string line, params string[] suggestions)
    {
        using var desk = new DeskDaemon([DeskDaemon.Ask(DeskDaemon.First), DeskDaemon.Ask(DeskDaemon.Third)], [DeskDaemon.Grant("00ff00112233445566778899aabbccdd")]);
        var run = RealProcess.Run([$"[suggest:{line.Length}]", line], ("CLEARANCE_OPERATOR_SOCKET", desk.Daemon.Path));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.All(suggestions, suggestion => Assert.Contains(suggestion, run.Out.Split('\n')));
    }

    [Theory]
    [InlineData("clearance handlers ", "list", "enable", "disable", "test")]
    [InlineData("clearance handlers enable ", "hello", "terok-shield")]
    [InlineData("clearance handlers disable te", "terok-shield")]
    [InlineData("clearance handlers test ", "hello")]
    [InlineData("clearance handlers test hello --me", "--method")]
    public void NamesOfHandlersComeFromTheDaemon(string line, params string[] suggestions)
    {
        using var daemon = new HandlersDaemon(
            HandlersDaemon.Hello, HandlersDaemon.Shield, HandlersDaemon.Hello.Replace("\"hello\"", "\"$(reboot)\"", StringComparison.Ordinal));
        var run = RealProcess.Run([$"[suggest:{line.Length}]", line], ("CLEARANCE_OPERATOR_SOCKET", daemon.Daemon.Path));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.All(suggestions, suggestion => Assert.Contains(suggestion, run.Out.Split('\n')));
        Assert.DoesNotContain("reboot", run.Out);
    }

    [Theory]
    [InlineData("nobody there", null)]
    [InlineData("no such method", """{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no"}}""")]
    [InlineData("nonsense", "hello")]
    [InlineData("another shape", """{"jsonrpc":"2.0","id":1,"result":{"items":[{}]}}""")]
    public void WithoutADaemonThereIsNothingToComplete(string name, string? answer)
    {
        using var daemon = new FakeDaemon(exchange => exchange.Raw(answer + "\n"));
        var run = RealProcess.Run(
            ["[suggest:16]", "clearance allow "],
            ("CLEARANCE_OPERATOR_SOCKET", answer is null ? daemon.Path + "-none" : daemon.Path));
        Assert.True(run is { ExitCode: 0, Error: "" }, name + ": " + run.Error);
        Assert.DoesNotContain("7f3a", run.Out);
    }

    [Fact]
    public void BashCompletesIds()
    {
        using var desk = new DeskDaemon([DeskDaemon.Ask(DeskDaemon.First), DeskDaemon.Ask(DeskDaemon.Third)]);
        var script = $$"""
            PATH="{{AppContext.BaseDirectory}}:$PATH"
            source <(clearance completion bash)
            COMP_LINE='clearance allow 7f'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=($COMP_LINE); COMP_CWORD=2
            _clearance
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        Assert.Equal(new Outcome(0, "7f3a0011\n", ""), RealProcess.Run("/bin/bash", ["-c", script], ("CLEARANCE_OPERATOR_SOCKET", desk.Daemon.Path)));
    }

    [Theory]
    [InlineData("clearance ru", "rules")]
    [InlineData("clearance rules exp", "explain")]
    [InlineData("clearance audit show --ki", "--kind")]
    public void BashCompletes(string line, string only)
    {
        var script = $$"""
            PATH="{{AppContext.BaseDirectory}}:$PATH"
            source <(clearance completion bash)
            COMP_LINE='{{line}}'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=($COMP_LINE); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _clearance
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        var run = RealProcess.Run("/bin/bash", ["-c", script]);
        Assert.Equal(new Outcome(0, only + "\n", ""), run);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void EachScriptParses(string shell)
    {
        var found = RealProcess.Run("/bin/sh", ["-c", $"command -v {shell}"]).ExitCode == 0;
        Assert.SkipUnless(found, $"{shell} is not installed");
        var run = RealProcess.Run("/bin/sh", ["-c", $"\"$0\" completion {shell} | {shell} -n /dev/stdin", RealProcess.Program]);
        Assert.Equal(new Outcome(0, "", ""), run);
    }
}
