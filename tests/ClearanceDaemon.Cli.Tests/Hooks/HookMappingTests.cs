using System.Text;
using ClearanceDaemon.Cli.Hooks;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Tests.Hooks;

/// <summary>Names, paths and URLs: two different things are never asked as one.</summary>
public sealed class HookMappingTests
{
    [Theory]
    [InlineData("TodoWrite", "tool.todo-write")]
    [InlineData("todoWrite", "tool._todo-write")]
    [InlineData("todo-write", "tool._todo-02dwrite")]
    [InlineData("Todo-write", "tool.todo-02dwrite")]
    [InlineData("_", "tool.__")]
    [InlineData("x.y", "tool._x-02ey")]
    [InlineData("é", "tool._-0c3-0a9")]
    [InlineData("AskUserQuestion", "tool.ask-user-question")]
    public void AToolsActionIsReadable(string tool, string action) => Assert.Equal(action, ToolName.ActionOf(tool));

    [Fact]
    public void NoTwoNamesHaveOneAction()
    {
        const string Letters = "aAbB01_-.x é";
        var random = new Random(5);
        var names = Enumerable.Range(0, 20_000).Select(_ => new string([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Letters[random.Next(Letters.Length)])])).Distinct().ToList();
        var actions = names.Select(ToolName.ActionOf).ToList();
        Assert.Equal(names.Count, actions.Distinct().Count());
        Assert.All(actions, static action => Assert.True(ActionName.IsValid(Encoding.ASCII.GetBytes(action)), action));
    }

    [Theory]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a/../b/", "/b")]
    [InlineData("//a//./b", "/a/b")]
    [InlineData("/../..", "/")]
    [InlineData("b/../../c", "/c")]
    [InlineData("../x", "/x")]
    [InlineData("~", "/home/me")]
    [InlineData("~/x", "/home/me/x")]
    [InlineData("a~", "/w/a~")]
    public void APathIsMadeAbsoluteAndNormal(string path, string absolute) => Assert.Equal(absolute, LexicalPath.Absolute(path, "/w", "/home/me"));

    [Theory]
    [InlineData("", "/w", "/home/me", "empty")]
    [InlineData("x", null, "/home/me", "relative")]
    [InlineData("x", "w", "/home/me", "relative")]
    [InlineData("~/x", "/w", null, "relative")]
    [InlineData("~root/x", "/w", "/home/me", "another user")]
    public void APathThatLeadsNowhereIsRefused(string path, string? directory, string? home, string why) =>
        Assert.Contains(why, Assert.Throws<HookInputException>(() => LexicalPath.Absolute(path, directory, home)).Message);

    [Fact]
    public void APathIsAsLongAsASystemTakesIt()
    {
        var longest = "/" + new string('a', HookLimits.PathBytes - 1);
        Assert.Equal(longest, LexicalPath.Absolute(longest, null, null));
        Assert.Throws<HookInputException>(() => LexicalPath.Absolute(longest + "a", null, null));
    }

    [Theory]
    [InlineData("https://example.com", "example.com:443")]
    [InlineData("HTTP://Example.COM:8080/x", "example.com:8080")]
    [InlineData("http://example.com.?x", "example.com:80")]
    [InlineData("https://user:pass@evil.example#@github.com", "evil.example:443")]
    [InlineData("https://github.com@evil.example/", "evil.example:443")]
    [InlineData("https://127.0.0.1:1/", "127.0.0.1:1")]
    [InlineData("https://[::1]:8443/", "[::1]:8443")]
    [InlineData("https://a_b.example:/", "a_b.example:443")]
    public void AUrlHasAHostAndAPort(string url, string target) => Assert.Equal(target, FetchTarget.Of(url));

    [Theory]
    [InlineData("example.com")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://")]
    [InlineData("https:///x")]
    [InlineData("https://evil.example\\@github.com/")]
    [InlineData("https://exa\tmple.com/")]
    [InlineData("https://exämple.com/")]
    [InlineData("https://ex%61mple.com/")]
    [InlineData("https://127.1/")]
    [InlineData("https://0x7f.0.0.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://[::1%25eth0]/")]
    [InlineData("https://a..b/")]
    [InlineData("https://example.com:99999/")]
    [InlineData("https://example.com:80x/")]
    public void AUrlThatReadersTakeApartDifferentlyIsRefused(string url) => Assert.Throws<HookInputException>(() => FetchTarget.Of(url));

    [Theory]
    [InlineData("*** Begin Patch\n  *** update file: /etc/passwd  \n", "/etc/passwd")]
    [InlineData("*** Update File: a\n *** Delete File: b\n", "/w/a", "/w/b")]
    [InlineData("*** Update File: a\r\n*** Move to: b\r\n", "/w/a", "/w/b")]
    public void APatchIsAskedForEveryFileThatItMightTouch(string patch, params string[] files)
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        Assert.Equal(0, Patch(daemon, patch).ExitCode);
        Assert.Equal(files, HookTry.Asked(daemon).Select(static ask => ask.GetProperty("resource").GetString()));
    }

    [Theory]
    [InlineData("nothing", "names no file")]
    [InlineData("*** Update File: ~/x", "relative")]
    public void APatchThatNamesNoFileIsBlocked(string patch, string why)
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        HookTry.Blocked(Patch(daemon, patch), why);
    }

    [Fact]
    public void APatchHasAtMostSoManyFiles()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        string Files(int count) => string.Concat(Enumerable.Range(0, count).Select(static i => $"*** Add File: {i}\n"));
        Assert.Equal(0, Patch(daemon, Files(HookLimits.PatchFiles)).ExitCode);
        HookTry.Blocked(Patch(daemon, Files(HookLimits.PatchFiles + 1)), $"more than {HookLimits.PatchFiles} files");
    }

    [Fact]
    public void OneFileOfAPatchThatIsDeniedDeniesAll()
    {
        using var daemon = new FakeDaemon(static exchange => exchange.Result(
            exchange.Params.Contains("/w/b", StringComparison.Ordinal) ? """{"outcome":"denied","id":"1","by":"rule:b"}""" : Answers.Allowed));
        HookTry.Blocked(Patch(daemon, "*** Update File: a\n*** Update File: b\n*** Update File: c\n"), "denied by rule:b");
        Assert.Equal(2, daemon.Lines.Count);
    }

    private static Outcome Patch(FakeDaemon daemon, string patch) =>
        HookTry.Run(daemon, "codex", HookTry.Event("PreToolUse", tool: "apply_patch", input: $$"""{"command":{{System.Text.Json.JsonSerializer.Serialize(patch)}}}"""), "--wait", "5s");
}
