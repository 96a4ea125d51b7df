namespace ClearanceDaemon.Cli.Tests.Processes;

/// <summary>Children that this program starts: what they see, and that they end.</summary>
public sealed class ChildProcessTests
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(30);
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public void OutputErrorAndExitCodeComeBack() =>
        Assert.Equal(new ChildOutcome(3, "out\n", "err\n"), ChildProcess.Run("/bin/sh", ["-c", "echo out; echo err >&2; exit 3"], Nothing, Ample));

    [Fact]
    public void ItHasNothingToReadAndOnlyTheVariablesNamed()
    {
        var environment = new Dictionary<string, string> { ["A"] = "b c" };
        Assert.Equal("A=b c\n", ChildProcess.Run("/usr/bin/env", [], environment, Ample).Out);
        Assert.Equal(new ChildOutcome(0, "", ""), ChildProcess.Run("/bin/cat", [], Nothing, Ample));
    }

    [Fact]
    public void ArgumentsAreNoShellText() =>
        Assert.Equal("$(id)\n; ls\n\n", ChildProcess.Run("/usr/bin/printf", ["%s\n", "$(id)", "; ls", ""], Nothing, Ample).Out);

    [Fact]
    public void OneThatDoesNotEndIsKilled()
    {
        var mark = $"{Guid.NewGuid():N}";
        var environment = new Dictionary<string, string> { ["MARK"] = mark };
        var fault = Assert.Throws<IOException>(() => ChildProcess.Run("/bin/sleep", ["600"], environment, TimeSpan.FromMilliseconds(100)));
        Assert.Contains("/bin/sleep did not end within 0 s", fault.Message);
        Assert.True(SpinWait.SpinUntil(() => !Directory.EnumerateDirectories("/proc").Any(process => HasMark(process, mark)), Ample), "it is still there");
    }

    [Fact]
    public void OneThatIsNotThereIsAFault() =>
        Assert.Contains("/nowhere/x cannot be started", Assert.Throws<IOException>(static () => ChildProcess.Run("/nowhere/x", [], Nothing, Ample)).Message);

    private static bool HasMark(string process, string mark)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ")).Contains(mark, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
