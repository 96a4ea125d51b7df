using System.Globalization;
using System.Text.Json;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>Real git pushes to a real remote over http whose password stands behind <c>clearance git-credential</c>.</summary>
public sealed class GitCredentialTests : IDisposable
{
    private const string Rules = """{"version":1,"rules":[{"id":"credentials","action":"git.credential","decision":"ask"}]}""";

    private readonly ToolBench _bench;
    private readonly GitServer _server;

    public GitCredentialTests()
    {
        Repository.RequireTool("git");
        Repository.RequireTool("python3");
        _bench = new ToolBench(Rules);
        _server = new GitServer(_bench);
        // Git asks this program where it would ask at the terminal.
        _bench.Write("terminal", "#!/bin/sh\necho asked >>\"$HOME/terminal.log\"\necho x\n", isProgram: true);
        _bench.Home.Environment["GIT_ASKPASS"] = _bench.At("terminal");
        _bench.Write(".git-credentials", $"http://me:{GitServer.Password}@127.0.0.1%3a{_server.Port.ToString(CultureInfo.InvariantCulture)}\n");
        _bench.Run($"""
            git config --global user.name me; git config --global user.email me@example.org; git config --global init.defaultBranch main
            git init -q work && cd work && git commit -q --allow-empty -m first && git remote add origin {_server.Url}
            """).Expect(0);
        Configure();
    }

    public void Dispose()
    {
        _server?.Dispose();
        _bench?.Dispose();
    }

    [Fact]
    public void Allowed_the_push_succeeds()
    {
        var (result, ask, _) = Push("allow");
        result.Expect(0);
        Assert.Equal(Head("work"), Head("remote/app.git"));
        Assert.Equal($"127.0.0.1:{_server.Port}", ask.GetProperty("resource").GetString());
        Assert.Equal($$"""{"protocol":"http","host":"127.0.0.1:{{_server.Port}}"}""", ask.GetProperty("details").GetRawText());
        NobodyLearnt(result);
    }

    [Fact]
    public void Denied_the_push_fails_and_git_asks_nobody_else()
    {
        var (result, _, _) = Push("deny");
        result.Expect(128);
        Assert.Contains("denied by operator", result.Error, StringComparison.Ordinal);
        Assert.Contains("told us to quit", result.Error, StringComparison.Ordinal);
        _bench.Run("git -C remote/app.git rev-parse -q --verify main").Expect(1);
        NobodyLearnt(result);
    }

    [Fact]
    public void With_nobody_there_the_push_fails() =>
        Assert.Contains("no operator", _bench.Run("git -C work push -q origin main").Expect(128).Error, StringComparison.Ordinal);

    [Fact]
    public void Without_a_daemon_the_push_fails()
    {
        var result = _bench.Run($"CLEARANCE_ASK_SOCKET={_bench.At("none")} git -C work push -q origin main").Expect(128);
        Assert.Contains(_bench.At("none"), result.Error, StringComparison.Ordinal);
        NobodyLearnt(result);
    }

    [Fact]
    public void What_git_stores_is_stored_unasked()
    {
        File.Delete(_bench.At(".git-credentials"));
        _bench.Run($"printf 'protocol=http\\nhost=h\\nusername=me\\npassword={GitServer.Password}\\n' | git credential approve").Expect(0);
        Assert.Equal($"http://me:{GitServer.Password}@h\n", File.ReadAllText(_bench.At(".git-credentials")));
        _bench.Run("printf 'protocol=http\\nhost=h\\n' | git credential reject").Expect(0);
        Assert.Equal("", File.ReadAllText(_bench.At(".git-credentials")));
    }

    /// <summary>As the recipe says, whose last line is about a working copy.</summary>
    private void Configure()
    {
        var recipe = Recipe.Read("git");
        Assert.Equal(recipe, Recipe.Read("git asks first", "packaging/git/README.md"));
        _bench.Run(recipe.Replace("cp packaging/git/pre-push .git/hooks/", "", StringComparison.Ordinal)).Expect(0);
    }

    private (CommandResult Result, JsonElement Ask, JsonElement Claimed) Push(string verdict) => _bench.Answer("git -C work push -q origin main", verdict, "git.credential");

    private string Head(string repository) => _bench.Run($"git -C {repository} rev-parse main").Expect(0).Output;

    private void NobodyLearnt(CommandResult result)
    {
        Assert.DoesNotContain(GitServer.Password, result.Output + result.Error, StringComparison.Ordinal);
        Assert.False(AuditChain.Read(Path.Combine(_bench.Home.State, "audit")).Mentions(GitServer.Password));
        Assert.False(File.Exists(_bench.At("terminal.log")), "git asked at the terminal");
    }
}
