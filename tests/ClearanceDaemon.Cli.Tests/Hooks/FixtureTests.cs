using System.Text.Json;

namespace ClearanceDaemon.Cli.Tests.Hooks;

/// <summary>Every recorded payload becomes the asks that stand below it.</summary>
public sealed class FixtureTests
{
    [Theory]
    [MemberData(nameof(HookFixture.All), MemberType = typeof(HookFixture))]
    public void APayloadIsAskedAs(string host, string payload, string[] expected)
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        var run = HookTry.Run(daemon, host, payload, "--wait", "5s");
        Assert.True(run.ExitCode == 0, run.Error);
        var asked = HookTry.Asked(daemon);
        Assert.Equal(expected.Length, asked.Count);
        Assert.All(expected.Zip(asked), static pair => Matches(JsonDocument.Parse(pair.First).RootElement, pair.Second));
    }

    [Fact]
    public void AnAskSaysWhoseItIsAndWaitsNoLongerThanTold()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        HookTry.Run(daemon, "claude-code", HookTry.Bash, "--wait", "30s");
        var ask = Assert.Single(HookTry.Asked(daemon));
        Assert.Contains(ask.GetProperty("as").GetString(), (string?[])["session", "parent"]);
        Assert.True(Protocol.Duration.TryParse(ask.GetProperty("wait").GetString(), out var wait));
        Assert.InRange(wait, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
        Assert.False(ask.TryGetProperty("key", out _));
        Assert.False(ask.TryGetProperty("argv", out _));
    }

    [Fact]
    public void TheSessionIsInTheReasonAlone()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        HookTry.Run(daemon, "claude-code", HookTry.Bash.Replace("\"s\"", "\"one-of-many\"", StringComparison.Ordinal));
        var ask = Assert.Single(HookTry.Asked(daemon));
        Assert.Contains("one-of-many", ask.GetProperty("reason").GetString());
        Assert.All(ask.EnumerateObject().Where(static member => member.Name != "reason"), static member => Assert.DoesNotContain("one-of-many", member.Value.GetRawText()));
    }

    private static void Matches(JsonElement expected, JsonElement asked)
    {
        foreach (var member in expected.EnumerateObject())
        {
            switch (member.Name)
            {
                case "details":
                    Matches(member.Value, asked.GetProperty("details"));
                    break;
                case "absent":
                    Assert.All(member.Value.EnumerateArray(), name => Assert.False(asked.GetProperty("details").TryGetProperty(name.GetString()!, out _)));
                    break;
                default:
                    Assert.Equal(member.Value.GetRawText(), asked.GetProperty(member.Name).GetRawText());
                    break;
            }
        }
    }
}
