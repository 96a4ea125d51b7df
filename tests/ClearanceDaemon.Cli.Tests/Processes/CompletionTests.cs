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
