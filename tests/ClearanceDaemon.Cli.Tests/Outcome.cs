using System.Text.Json;

namespace ClearanceDaemon.Cli.Tests;

/// <summary>What a run of the program left.</summary>
internal sealed record Outcome(int ExitCode, string Out, string Error)
{
    /// <summary>Standard output, which must be exactly one line of JSON.</summary>
    public JsonElement Json()
    {
        Assert.Equal(Out.Length - 1, Out.IndexOf('\n'));
        return JsonDocument.Parse(Out).RootElement;
    }

    /// <summary>Nothing was said to be fine, and the complaint names the program and all of <paramref name="parts"/>.</summary>
    public void AssertFailed(int exitCode, params string[] parts)
    {
        Assert.True(exitCode == ExitCode, $"exit {ExitCode} instead of {exitCode}: {Out}{Error}");
        Assert.Equal("", Out);
        Assert.StartsWith("clearance: ", Error);
        Assert.Equal(Error.Length - 1, Error.IndexOf('\n'));
        Assert.All(parts, part => Assert.Contains(part, Error));
    }
}
