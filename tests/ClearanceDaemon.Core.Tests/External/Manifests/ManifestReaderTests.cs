using System.Text;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.External.Manifests;

namespace ClearanceDaemon.Core.Tests.External.Manifests;

/// <summary>What is read out of a manifest, and how what is wrong is told.</summary>
public sealed class ManifestReaderTests
{
    [Fact]
    public void Everything_a_manifest_says_is_read()
    {
        var manifest = ManifestText.Read("""
            // A handler.
            { "version": 1, "name": "hello", "description": "says hello",
              "exec": ["/usr/bin/python3", "-u", "/srv/hello.py"], /* unbuffered */
              "roles": { "methods": { "hello.world": "ask", "hello.tune": "operator" }, "decides": ["deploy.*"], "effects": ["net.connect", "**"] },
              "mode": "request", "deadline": "90s", "maxOutput": 2048, "concurrency": 2, "env": ["LANG", "SSH_AUTH_SOCK"], "cwd": "/srv" }
            """);
        Assert.Equal(("hello", "says hello", "/x/hello.json"), (manifest.Name, manifest.Description, manifest.File));
        Assert.Equal(["/usr/bin/python3", "-u", "/srv/hello.py"], manifest.Exec);
        Assert.Equal(CallerRoles.Any, manifest.Methods["hello.world"]);
        Assert.Equal(CallerRoles.Operator, manifest.Methods["hello.tune"]);
        Assert.Equal(2, manifest.Methods.Count);
        Assert.Equal(["deploy.*"], manifest.Decides.Select(static pattern => pattern.Text));
        Assert.Equal(["net.connect", "**"], manifest.Effects.Select(static pattern => pattern.Text));
        Assert.Equal((ManifestMode.Request, TimeSpan.FromSeconds(90), 2048, 2, "/srv"), (manifest.Mode, manifest.Deadline, manifest.MaxOutput, manifest.Concurrency, manifest.Cwd));
        Assert.Equal(["LANG", "SSH_AUTH_SOCK"], manifest.Env);
    }

    [Fact]
    public void What_is_not_said_has_the_default()
    {
        var manifest = ManifestText.Read(ManifestTable.Good[0]);
        Assert.Null(manifest.Description);
        Assert.Equal(
            (ManifestMode.Kept, ManifestLimits.DefaultDeadline, ManifestLimits.DefaultMaxOutput, ManifestLimits.DefaultConcurrency, "/"),
            (manifest.Mode, manifest.Deadline, manifest.MaxOutput, manifest.Concurrency, manifest.Cwd));
        Assert.Empty(manifest.Env);
        Assert.Empty(manifest.Decides);
        Assert.Empty(manifest.Effects);
    }

    [Fact]
    public void The_hash_is_of_the_files_bytes()
    {
        var bytes = Encoding.UTF8.GetBytes(ManifestTable.Good[0] + "\n// the end");
        var expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        Assert.Equal(expected, ManifestText.Read(bytes, [])!.Sha256);
    }

    [Fact]
    public void All_problems_of_a_manifest_are_told_at_once_and_each_with_its_place()
    {
        const string Manifest = """
            { "version": 1,
              "name": "hello",
              "exec": ["hello"],
              "rolls": {},
              "roles": { "methods": { "other.world": "ask" }, "decides": ["**"] },
              "mode": "forever",
              "deadline": "1h",
              "env": ["LISTEN_FDS"] }
            """;
        Assert.Equal(
            ["3:12", "4:3", "5:27", "5:63", "6:11", "7:15", "8:11"],
            ManifestText.Problems(Manifest).Select(static problem => problem[..problem.IndexOf(": ", StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"version":1,"name":"hello","mode":"kept","exec":["/a"],"rules":{}}""", "a manifest has no member \"rules\"; allowed here: version, name, description, exec, roles, mode, deadline, maxOutput, concurrency, env, cwd")]
    [InlineData("""{"version":1,"name":"hello","mode":"kept","exec":["/a"]}""", "a manifest needs \"roles\"")]
    [InlineData("""{"version":1,"name":"hallo","mode":"kept","exec":["/a"],"roles":{"effects":["a"]}}""", "rename the file to hallo.json, or change the name")]
    [InlineData("""{"version":1,"name":"audit","mode":"kept","exec":["/a"],"roles":{"effects":["a"]}}""", "no handler may be called \"audit\"")]
    [InlineData("""{"version":1,"name":"hello","mode":"kept","exec":["python3"],"roles":{"effects":["a"]}}""", "no PATH is searched")]
    [InlineData("""{"version":1,"name":"hello","mode":"kept","exec":["/a"],"roles":{"methods":{"world":"ask"}}}""", "starts with the handler's, such as \"hello.run\"")]
    [InlineData("""{"version":1,"name":"hello","mode":"kept","exec":["/a"],"roles":{"decides":["*.*"]}}""", "\"*.*\" in decides would have the handler decide actions it was never meant for")]
    [InlineData("""{"version":1,"name":"hello","mode":"kept","exec":["/a"],"roles":{"effects":["a"]},"deadline":"1h"}""", "deadline is at most 10m")]
    [InlineData("""{"version":1,"name":"hello","mode":"kept","exec":["/a"],"roles":{"effects":["a"]},"env":["WATCHDOG_PID"]}""", "never handed on, like all of LISTEN_*, NOTIFY_SOCKET, WATCHDOG_*")]
    [InlineData("""{"version":1,"name":"hello","mode":"kept","exec":["/a"],"roles":{"effects":["a"]},"concurrency":65}""", "concurrency is a whole number from 1 to 64")]
    [InlineData("""{"version":1,"version":1,"name":"hello","mode":"kept","exec":["/a"],"roles":{"effects":["a"]}}""", "\"version\" is written twice in one object")]
    [InlineData("{\"version\":1,}", "a comma must not stand before")]
    [InlineData("", "this is not JSON")]
    [InlineData("{} {}", "this is not JSON")]
    [InlineData("[1]", "a manifest is an object")]
    public void A_problem_says_what_is_allowed(string json, string expected) =>
        Assert.Contains(ManifestText.Problems(json), problem => problem.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void What_is_no_UTF_8_or_has_a_mark_in_front_is_refused()
    {
        var problems = new List<DocumentProblem>();
        Assert.Null(ManifestText.Read([.. "{\"version\":"u8, 0xFF], problems));
        Assert.Null(ManifestText.Read([.. "\uFEFF"u8, .. Encoding.UTF8.GetBytes(ManifestTable.Good[0])], problems));
        Assert.Equal(["this byte is not UTF-8; save the file as UTF-8", "the file starts with a byte order mark; save it as UTF-8 without one"], problems.Select(static p => p.Message));
    }

    [Theory]
    [InlineData(DocumentSyntax.Depth, "a manifest has no member \"x\"")]
    [InlineData(DocumentSyntax.Depth + 1, "this is not JSON")]
    public void It_nests_so_deep_and_no_deeper(int depth, string expected)
    {
        var json = ManifestText.With("\"x\":" + new string('[', depth - 1) + new string(']', depth - 1));
        Assert.Contains(expected, ManifestText.Problems(json)[0], StringComparison.Ordinal);
    }
}
