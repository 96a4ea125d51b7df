namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>How a command ended and what it said.</summary>
internal sealed record CommandResult(string Command, int ExitCode, string Output, string Error)
{
    public CommandResult Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"`{Command}` exited with {ExitCode}, not {exitCode}.\nstdout: {Output}\nstderr: {Error}");
        return this;
    }
}
