namespace ClearanceDaemon.Cli.Tests.Commands;

/// <summary>Help that one can live with: every verb is listed, has examples, and can complete itself.</summary>
public sealed class HelpTests
{
    public static readonly TheoryData<string> Verbs = new(
        "ask", "pending", "allow", "deny", "grants list", "grants revoke", "lockdown", "ping", "status", "rules list", "rules explain", "rules check",
        "rules reload", "audit show", "audit verify", "audit export", "instances", "completion", "watch", "notify", "handlers list", "handlers enable", "handlers disable", "handlers test",
        "exec", "askpass", "git-credential", "mcp");

    [Theory]
    [MemberData(nameof(Verbs))]
    public void EveryVerbHasExamples(string verb)
    {
        var run = new InProcess().Run([.. verb.Split(' '), "--help"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Usage:", run.Out);
        Assert.Contains($"clearance {verb} ", run.Out[run.Out.IndexOf("Examples:\n", StringComparison.Ordinal)..].Replace('\n', ' '));
    }

    [Fact]
    public void TheRootListsTheVerbs()
    {
        var run = new InProcess().Run("--help");
        Assert.Equal(0, run.ExitCode);
        Assert.All((string[])["ask", "pending", "allow", "deny", "grants", "lockdown", "ping", "status", "rules", "audit", "handlers", "instances", "completion", "watch", "notify", "exec", "askpass", "git-credential", "mcp"], verb => Assert.Contains($"\n  {verb}", run.Out));
    }

    [Fact]
    public void TheVersionIsOneLine()
    {
        var run = new InProcess().Run("--version");
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^clearance \d+\.\d+\.\d+\S*\n$", run.Out);
        Assert.DoesNotContain('+', run.Out);
    }

    [Fact]
    public void NoVerbIsBadUsage() => new InProcess().Run().AssertFailed(126, "clearance --help");

    [Fact]
    public void AnUnknownVerbIsBadUsage() => new InProcess().Run("frobnicate").AssertFailed(126, "frobnicate");

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void EachShellHasACompletion(string shell)
    {
        var run = new InProcess().Run("completion", shell);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("[suggest:", run.Out);
    }

    [Fact]
    public void AnotherShellIsBadUsage() => new InProcess().Run("completion", "tcsh").AssertFailed(126, "tcsh");
}
