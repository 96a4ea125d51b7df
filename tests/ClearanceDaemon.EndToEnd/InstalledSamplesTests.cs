using System.Text.Json;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>The samples installed by the very commands of their README, in the home of a daemon in the foreground.</summary>
public sealed class InstalledSamplesTests : IDisposable
{
    private const string Rules = """
        {"version":1,"rules":[
          {"id":"deps","action":"deps.install","decision":"ask","handler":"deps"},
          {"id":"never","action":"deps.install","resource":"numpy","decision":"deny"},
          {"id":"web","action":"deploy.**","decision":"ask","whenNobody":"wait","deadline":"5m","selfApproval":true}]}
        """;

    private readonly TestHome _home = new();
    private readonly IReadOnlyList<string> _commands = ReadmeBlocks.Shell(Path.Combine(Sample.Folder, "README.md"), "Install one");
    private readonly Daemon _daemon;

    public InstalledSamplesTests()
    {
        Repository.RequireNative();
        Repository.RequireTool("bash");
        // The README knows the usual places only.
        _home.Environment.Remove("XDG_CONFIG_HOME");
        _home.Environment.Remove("XDG_STATE_HOME");
        _home.Environment["PATH"] = $"{Path.GetDirectoryName(Repository.Cli)}:{Environment.GetEnvironmentVariable("PATH")}";
        Sh($"mkdir -p -m 0700 ~/.config/clearance/rules.d && cat >~/.config/clearance/rules.d/10.json <<'RULES'\n{Rules}\nRULES\nchmod 0600 ~/.config/clearance/rules.d/10.json").Expect(0);
        _daemon = _home.Start();
    }

    public void Dispose()
    {
        _daemon.Dispose();
        _home.Dispose();
    }

    [Fact]
    public void Following_the_readme_gives_handlers_that_answer()
    {
        var installed = Sh(_commands[0]).Expect(0);
        Assert.Contains("\"hello\":\"Ada\"", installed.Output, StringComparison.Ordinal);
        Repository.RequireTool("socat");
        var asked = Sh(_commands[2]).Expect(0);
        Assert.Contains("\"result\":{\"hello\":\"Ada\"}", asked.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Past_its_deadline_a_handler_has_failed()
    {
        Sh(_commands[0]).Expect(0);
        Sh("sed -i '2i exec sleep 600' ~/.local/share/clearance-handlers/hello.sh && sed -i 's/\"mode\"/\"deadline\": \"300ms\", &/' ~/.config/clearance/handlers.d/hello.json").Expect(0);
        using var client = new LineClient(_home.AskSocket);
        JsonElement answer = default;
        Until.True(
            () => (answer = client.Exchange(LineClient.Call(1, "hello.world"))).TryGetProperty("error", out var error) && error.GetProperty("code").GetInt32() == -32007,
            "the changed manifest to be in force");
        Assert.Equal("handler_failed", answer.GetProperty("error").GetProperty("data").GetProperty("code").GetString());
    }

    [Fact]
    public void B60_python_allows_what_its_list_names_and_never_what_a_rule_denies()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "/usr/bin/python3 is not installed");
        Sh(_commands[0]).Expect(0);
        var allowed = _home.ClearanceJson("ask", "--action", "deps.install", "--resource", "requests");
        Assert.Equal(("allowed", "handler:deps"), (allowed.GetProperty("outcome").GetString(), allowed.GetProperty("by").GetString()));
        // Not listed: left to a person, and nobody is there.
        _home.Clearance("ask", "--action", "deps.install", "--resource", "leftpad", "--wait", "5s").Expect(2);
        // Listed, and denied by a rule.
        Assert.Contains("never", _home.Clearance("ask", "--action", "deps.install", "--resource", "numpy", "--json").Expect(1).Output, StringComparison.Ordinal);
        Assert.Contains("name the package", _home.Clearance("ask", "--action", "deps.install").Expect(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void CSharp_lists_what_a_person_allowed_and_shows_it_to_operators_only()
    {
        Repository.RequireTool("dotnet");
        Assert.SkipWhen(Environment.GetEnvironmentVariable("HOME") is null, "dotnet needs a home");
        _home.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = _home.Environment["DOTNET_NOLOGO"] = _home.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        _ = BuiltSample.Directory;
        Sh("dir=~/.local/share/clearance-handlers manifests=~/.config/clearance/handlers.d; mkdir -p -m 0700 \"$manifests\"\n" + _commands[1]).Expect(0);
        Until.True(() => _home.Clearance("handlers", "list").Output.Contains("deploys", StringComparison.Ordinal), "the manifest to be read");
        using (var ask = new WaitingAsk(_home.AskSocket, """{"action":"deploy.web","resource":"web1"}"""))
        {
            _home.Clearance("allow", ask.Asked.GetProperty("id").GetString()!).Expect(0);
            Assert.Equal("allowed", ask.Result().GetProperty("outcome").GetString());
        }

        using var operators = new LineClient(_home.OperatorSocket);
        Until.True(
            () => operators.Exchange(LineClient.Call(1, "deploys.recent")).ToString().Contains("deploy.web", StringComparison.Ordinal), "the effect to be carried out");
        using var askers = new LineClient(_home.AskSocket);
        Assert.Equal(-32601, askers.Exchange(LineClient.Call(1, "deploys.recent")).GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(0, _daemon.Stop());
        // Nothing of theirs goes on: whoever still had the daemon's environment would be a handler.
        Until.True(() => !Handlers().Any(), "every handler to be gone");
    }

    private CommandResult Sh(string script) =>
        Command.Run(_home.Environment, null, "bash", "-euc", $"cd '{Repository.Root}'\n{script}");

    /// <summary>Processes whose HOME is this test's.</summary>
    private IEnumerable<string> Handlers() => Directory.GetDirectories("/proc").Where(process =>
    {
        try
        {
            return int.TryParse(Path.GetFileName(process), out _) && File.ReadAllText(Path.Combine(process, "environ")).Contains(_home.Root, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
