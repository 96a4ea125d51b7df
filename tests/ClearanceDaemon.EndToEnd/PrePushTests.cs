using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>The sample of a pre-push hook, run by real git.</summary>
public sealed class PrePushTests : IDisposable
{
    private const string Rules = """
        {"version":1,"rules":[{"id":"main","action":"git.push","details":{"refs":{"equals":"push refs/heads/main"}},"decision":"allow"}]}
        """;

    private readonly ToolBench _bench;

    public PrePushTests()
    {
        Repository.RequireTool("git");
        _bench = new ToolBench(Rules);
        _bench.Run($"""
            git config --global user.name me; git config --global user.email me@example.org; git config --global init.defaultBranch main
            git init -q --bare remote.git && git init -q work && cd work && git commit -q --allow-empty -m first && git remote add origin "$HOME/remote.git"
            mkdir -p .git/hooks && ln -s '{Repository.Root}/packaging' packaging
            {Recipe.Read("git").Split('\n').Single(static line => line.StartsWith("cp ", StringComparison.Ordinal))}
            """).Expect(0);
    }

    public void Dispose() => _bench?.Dispose();

    [Fact]
    public void A_rule_lets_one_branch_through()
    {
        var pushed = _bench.Run("git -C work push -q origin main").Expect(0);
        Assert.Contains("allowed by rule:main", pushed.Error, StringComparison.Ordinal);
        _bench.Run("git -C remote.git rev-parse -q --verify main").Expect(0);
    }

    [Theory]
    [InlineData("deny", 1)]
    [InlineData("allow", 0)]
    public void A_person_sees_what_is_pushed_deleted_and_forced(string verdict, int exitCode)
    {
        _bench.Run("cd work && git branch old && git push -q --no-verify origin main old && git commit -q --amend --allow-empty -m other").Expect(0);
        var (result, ask, _) = _bench.Answer("git -C work push -q origin +main :old main:new", verdict, "git.push");
        result.Expect(exitCode);
        Assert.Equal(_bench.At("remote.git"), ask.GetProperty("resource").GetString());
        Assert.Equal("origin", ask.GetProperty("details").GetProperty("remote").GetString());
        Assert.Equal(
            ["delete refs/heads/old", "force refs/heads/main", "push refs/heads/new"],
            ask.GetProperty("details").GetProperty("refs").GetString()!.Split(", ").Order());
        _bench.Run("git -C remote.git rev-parse -q --verify new").Expect(verdict == "allow" ? 0 : 1);
    }

    [Fact]
    public void A_password_in_the_url_is_not_asked()
    {
        const string Url = "https://me:hunter2@example.org/app.git";
        const string Ref = "refs/heads/x 1111111111111111111111111111111111111111 refs/heads/x 0000000000000000000000000000000000000000";
        var (result, ask, _) = _bench.Answer($"cd work && echo '{Ref}' | .git/hooks/pre-push {Url} {Url}", "deny", "git.push");
        result.Expect(1);
        Assert.DoesNotContain("hunter2", ask.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("https://example.org/app.git", ask.GetProperty("resource").GetString());
    }

    [Fact]
    public void Without_a_daemon_nothing_is_pushed()
    {
        _bench.Run($"CLEARANCE_ASK_SOCKET={_bench.At("none")} git -C work push -q origin main").Expect(1);
        _bench.Run("git -C remote.git rev-parse -q --verify main").Expect(1);
    }

    [Fact]
    public void Without_the_command_nothing_is_pushed()
    {
        File.Delete(Path.Combine(_bench.Programs, "clearance"));
        _bench.Run("git -C work push -q origin main").Expect(1);
        _bench.Run("git -C remote.git rev-parse -q --verify main").Expect(1);
    }

    [Fact]
    public void What_pushes_nothing_asks_nothing() =>
        _bench.Run("cd work && .git/hooks/pre-push origin url </dev/null").Expect(0);
}
