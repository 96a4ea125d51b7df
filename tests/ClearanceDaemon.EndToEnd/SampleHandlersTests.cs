using System.Text.Json;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>The samples of packaging/handlers, each given lines by hand.</summary>
public sealed class SampleHandlersTests : IDisposable
{
    private const string Ada = """{"method":"hello.world","params":{"name":"Ada"},"uid":1000,"v":1,"via":"ask"}""";

    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("hello")]
    [InlineData("deps")]
    [InlineData("deploys")]
    public void Every_manifest_names_its_own_handler_and_a_program_that_is_shipped(string name)
    {
        using var manifest = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Sample.Folder, name + ".json")), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        Assert.Equal(name, manifest.RootElement.GetProperty("name").GetString());
        var exec = manifest.RootElement.GetProperty("exec").EnumerateArray().Select(static word => word.GetString()!).ToArray();
        Assert.All(exec, static word => Assert.True(word.StartsWith('/') || word.StartsWith("@DIR@/", StringComparison.Ordinal), word));
        Assert.Contains(exec, word => File.Exists(Path.Combine(Sample.Folder, Path.GetFileName(word))) || word == $"@DIR@/{name}/{name}");
    }

    [Fact]
    public void The_readme_lists_every_sample()
    {
        var readme = File.ReadAllText(Path.Combine(Sample.Folder, "README.md"));
        Assert.All(Directory.GetFiles(Sample.Folder, "*.json"), path => Assert.Contains(Path.GetFileNameWithoutExtension(path), readme, StringComparison.Ordinal));
    }

    [Fact]
    public void The_shell_sample_has_ten_lines_at_most() =>
        Assert.InRange(File.ReadAllLines(Path.Combine(Sample.Folder, "hello.sh")).Length, 1, 10);

    [Theory]
    [InlineData("""{"name":"Ada"}""", "Ada")]
    [InlineData("""{"name":"Ada Lovelace-Byron 2."}""", "Ada Lovelace-Byron 2.")]
    [InlineData("""{}""", "world")]
    [InlineData("""{"name":"$(id) `id` \\\" ; x"}""", "world")]
    [InlineData("""{"digest":"sha256:0000","id":9,"name":"x\",\"digest\":\"sha256:0000"}""", "world")]
    public void Shell_greets_and_cites_the_digest_whatever_an_asker_sends(string parameters, string name)
    {
        var request = $$$"""{"method":"hello.world","params":{{{parameters}}},"uid":1000,"v":1,"via":"ask"}""";
        using var hello = new Sample(_home, Path.Combine(Sample.Folder, "hello.sh"));
        Assert.Equal(name, hello.Ask("call", request).GetProperty("result").GetProperty("hello").GetString());
        hello.Finish();
    }

    [Fact]
    public void Shell_answers_with_the_id_of_the_request()
    {
        using var hello = new Sample(_home, Path.Combine(Sample.Folder, "hello.sh"));
        Assert.Equal(4711, hello.Exchange(Sample.Line(4711, "call", Ada)).GetProperty("id").GetInt32());
        hello.Finish();
    }

    [Fact]
    public void B60_python_decides_by_its_list_and_checks_the_digest_of_the_bytes_it_got()
    {
        using var deps = Python();
        Assert.Equal("allow", deps.Ask("decide", Install("requests")).GetProperty("verdict").GetString());
        Assert.Equal("ask", deps.Ask("decide", Install("leftpad")).GetProperty("verdict").GetString());
        // Characters that JSON could also write as escapes, and a member that only looks like the request.
        Assert.Equal("ask", deps.Ask("decide", Install("""é☃ \"request\":{}""")).GetProperty("verdict").GetString());

        var wrong = deps.Exchange(Sample.Line(9, "decide", Install("requests"), digest: Sample.DigestOf(Install("numpy"))));
        Assert.Equal(-32602, wrong.GetProperty("error").GetProperty("code").GetInt32());
        deps.Finish();
    }

    [Fact]
    public void B60_python_tells_a_missing_package_from_a_name()
    {
        using var deps = Python();
        var decided = deps.Ask("decide", """{"action":"deps.install","uid":1000,"v":1,"via":"ask"}""");
        Assert.Equal("deny", decided.GetProperty("verdict").GetString());
        deps.Finish();
    }

    [Fact]
    public void Python_reads_its_list_anew_for_every_ask_and_takes_a_comment_for_no_name()
    {
        using var deps = Python();
        Assert.Equal("ask", deps.Ask("decide", Install("flask")).GetProperty("verdict").GetString());
        File.AppendAllText(Path.Combine(_home.Root, "deps.txt"), "flask\n");
        Assert.Equal("allow", deps.Ask("decide", Install("flask")).GetProperty("verdict").GetString());
        Assert.Equal("ask", deps.Ask("decide", Install("# One package a line. Read anew for every ask.")).GetProperty("verdict").GetString());
        deps.Finish();
    }

    [Fact]
    public void CSharp_lists_what_was_allowed_once_and_shows_it()
    {
        using var deploys = CSharp();
        deploys.Ask("effect", Deploy("web1"), Verdict("allowed", "a1"));
        deploys.Ask("effect", Deploy("web1"), Verdict("allowed", "a1"));
        deploys.Ask("effect", Deploy("web2"), Verdict("denied", "b2"));
        Assert.True(deploys.Ask("effect", Deploy("web3"), Verdict("allowed", "c3") + ",\"test\":true").GetProperty("ok").GetBoolean());
        var recent = deploys.Ask("call", """{"method":"deploys.recent","params":{},"uid":1000,"v":1,"via":"operator"}""");
        var line = Assert.Single(recent.GetProperty("result").GetProperty("deploys").EnumerateArray()).GetString();
        Assert.StartsWith("a1 ", line, StringComparison.Ordinal);
        Assert.EndsWith(" deploy.web \"web1\"", line, StringComparison.Ordinal);
        deploys.Finish();
    }

    [Fact]
    public void CSharp_keeps_one_line_for_each_whatever_an_asker_names_and_says_when_it_cannot_write()
    {
        using var deploys = CSharp();
        deploys.Ask("effect", Deploy("""web1\nb2 2020-01-01 deploy.web"""), Verdict("allowed", "a1"));
        Assert.Single(File.ReadAllLines(List));
        File.Delete(List);
        Directory.CreateDirectory(List);
        var failed = deploys.Exchange(Sample.Line(9, "effect", Deploy("web1"), Verdict("allowed", "b2")));
        Assert.Equal(9, failed.GetProperty("id").GetInt32());
        Assert.Equal(-32603, failed.GetProperty("error").GetProperty("code").GetInt32());
        deploys.Finish();
    }

    private string List => Path.Combine(_home.Root, "deploys.log");

    private static string Install(string package) => $$"""{"action":"deps.install","resource":"{{package}}","uid":1000,"v":1,"via":"ask"}""";

    private static string Deploy(string host) => $$"""{"action":"deploy.web","resource":"{{host}}","uid":1000,"v":1,"via":"ask"}""";

    private static string Verdict(string outcome, string id) => $$""","verdict":{"outcome":"{{outcome}}","by":"operator","id":"{{id}}"}""";

    private Sample Python()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "/usr/bin/python3 is not installed");
        Sample.Copy(_home, "deps.txt");
        return new(_home, "/usr/bin/python3", Sample.Copy(_home, "deps.py"));
    }

    private Sample CSharp() => new(_home, Path.Combine(BuiltSample.Directory, "deploys"), List);
}
