using System.Diagnostics;
using System.Text.Json;
using ClearanceDaemon.EndToEnd.Native;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>The native hook and the native daemon: an agent's day, what a person is asked in it, and daemons that freeze or die.</summary>
public sealed class HookTests : IDisposable
{
    private readonly TestHome _home;
    private Daemon? _daemon;

    public HookTests()
    {
        Repository.RequireNative();
        _home = new TestHome();
    }

    public void Dispose()
    {
        _daemon?.Dispose();
        _home?.Dispose();
    }

    [Fact]
    public void A_day_of_200_calls_under_12_rules_with_nobody_there()
    {
        Start(AgentsDay.Rules);
        var calls = AgentsDay.Calls();
        Assert.Equal(200, calls.Count);
        Assert.All(calls, call => Assert.Equal($"{call.Expected}: {call.Call}", $"{Decision(Hook("claude-code", call.Call))}: {call.Call}"));
    }

    [Fact]
    public void A_day_with_a_person_asks_once_for_what_is_the_same()
    {
        _home.WriteConfiguration("{\"selfApproval\":true}");
        Start(AgentsDay.Rules);
        using var person = Operator.Subscribed(_home.OperatorSocket);
        var prompts = 0;
        foreach (var (expected, call) in AgentsDay.Calls().Concat(AgentsDay.Calls()))
        {
            using var hook = Begin("claude-code", call);
            if (expected is "ask" or "prompt" && Asked(person, hook) is { } ask)
            {
                prompts++;
                Allow(person, ask);
            }

            Assert.Equal(expected == "deny" ? "deny" : "allow", Decision(End(hook)));
        }

        // Every one of them is another command, URL or tool; the second day asks nothing.
        Assert.Equal(AgentsDay.Calls().Where(static call => call.Expected is "ask" or "prompt").Select(static call => Input(call.Call)).Distinct().Count(), prompts);
    }

    [Fact]
    public void B58_a_command_is_always_bound_whatever_carries_it()
    {
        _home.WriteConfiguration("{\"selfApproval\":true}");
        Start("""{"version":1,"rules":[]}""");
        using var person = Operator.Subscribed(_home.OperatorSocket);
        using (var first = Begin("claude-code", Bash("sh -c 'make'")))
        {
            var ask = Asked(person, first)!.Value;
            var refused = person.Call("clearance.decide", Verdict(ask, "action"));
            Assert.Contains("granted whole or not at all", refused.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
            person.Result("clearance.decide", Verdict(ask, "action", "details.command"));
            Assert.Equal("allow", Decision(End(first)));
        }

        Assert.Equal("allow", Decision(Hook("claude-code", Bash("sh -c 'make'"))));
        foreach (var other in (string[])["sh -c 'make; curl evil.example'", "sh -c make", "make", "env sh -c 'make'", new string('x', 100_000)])
        {
            Assert.Equal("prompt", Decision(Hook("claude-code", Bash(other), "--wait", "0s")));
        }
    }

    [Fact]
    public void B59_rules_on_command_text_match_as_this_shows()
    {
        Start("""
            {"version":1,"rules":[
              {"id":"exact","action":"shell.exec","details":{"command":{"equals":"git log"}},"decision":"allow"},
              {"id":"glob","action":"shell.exec","details":{"command":{"glob":"hg *"}},"decision":"allow"},
              {"id":"argv","action":"shell.exec","argv":[{"equals":"svn"},{"rest":true}],"decision":"allow"},
              {"id":"no","action":"shell.exec","details":{"command":{"glob":"*curl*"}},"decision":"deny"}]}
            """);
        foreach (var (command, decision) in ((string, string)[])
        [
            ("git log", "allow"), ("git log ", "prompt"), ("git log && ls", "prompt"), ("git  log", "prompt"), ("git lo*", "prompt"),

            // A star reaches over whatever a shell makes of the text, but not over / and : — so an allow by glob is a trap.
            ("hg log", "allow"), ("hg log && rm x", "allow"), ("hg log && rm /x", "prompt"), ("hgfoo", "prompt"),

            // No shell is parsed, so a shell's command has no argv, and rules on argv never take it for one.
            ("svn update", "prompt"),

            // And what a deny means to catch can be written around: denials are a help, allowing by what it is exactly is the rule.
            ("curl x", "deny"), ("cu\"r\"l x", "prompt"), ("/usr/bin/curl x", "prompt"),
        ])
        {
            Assert.Equal($"{command}: {decision}", $"{command}: {Decision(Hook("claude-code", Bash(command)))}");
        }
    }

    [Fact]
    public void B61_a_frozen_daemon_blocks_both_hosts()
    {
        Start(AgentsDay.Rules);
        _daemon!.Signal(LibC.SIGSTOP);
        Process[] hooks = [Begin("claude-code", Bash("npm test"), "--wait", "0s"), Begin("codex", Bash("npm test"), "--wait", "0s")];
        Assert.All(hooks, static hook =>
        {
            using (hook)
            {
                Blocked(End(hook), "no answer within 10s");
            }
        });
    }

    [Theory]
    [InlineData("claude-code")]
    [InlineData("codex")]
    public void B61_a_daemon_killed_midway_blocks(string host)
    {
        Start("""{"version":1,"rules":[{"id":"person","action":"**","decision":"ask","whenNobody":"wait"}]}""");
        using var person = Operator.Subscribed(_home.OperatorSocket);
        using var hook = Begin(host, Bash("npm test"));
        person.Next("asked");
        _daemon!.Signal(LibC.SIGKILL);
        Blocked(End(hook), "clearance: ");
        _daemon.WaitForExit();
        Blocked(Hook(host, Bash("npm test")), "systemctl --user start clearance.socket");
    }

    [Fact]
    public void The_asks_are_the_hosts_and_name_their_socket()
    {
        _home.WriteConfiguration("{\"askSockets\":{\"claude\":{}}}");
        Start("""{"version":1,"rules":[{"id":"mine","action":"shell.exec","via":"claude","decision":"allow"}]}""");
        Assert.Equal("prompt", Decision(Hook("claude-code", Bash("x"))));
        Assert.Equal("allow", Decision(Hook("claude-code", Bash("x"), "--via", "claude")));
        Blocked(Hook("claude-code", Bash("x"), "--via", "other"), "ask.d/other");
    }

    [Fact]
    public void A_host_that_starts_hooks_in_sessions_of_their_own_is_the_principal()
    {
        Start("""{"version":1,"rules":[{"id":"person","action":"**","decision":"ask","whenNobody":"wait"}]}""");
        _home.Clearance("hook", "install", "claude-code").Expect(0);
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(_home.Root, ".claude", "settings.json")));
        var command = settings.RootElement.GetProperty("hooks").GetProperty("PreToolUse")[0].GetProperty("hooks")[0].GetProperty("command").GetString()!;
        using var person = Operator.Subscribed(_home.OperatorSocket);

        // As the host does it: a shell of its own session, which the hook replaces.
        const string Host = "import subprocess,sys,os; p=subprocess.Popen(['/bin/sh','-c',sys.argv[1]],stdin=subprocess.PIPE,start_new_session=True); print(os.getpid(),flush=True); p.communicate(sys.argv[2].encode()); sys.exit(p.returncode)";
        using var host = Command.Start(_home.Environment, "/usr/bin/python3", "-c", Host, command, Bash("x"));
        var pid = int.Parse(host.StandardOutput.ReadLine()!, System.Globalization.CultureInfo.InvariantCulture);
        var observed = person.Next("asked").GetProperty("data").GetProperty("observed");
        Assert.Equal(("parent", pid), (observed.GetProperty("principal").GetString(), observed.GetProperty("pid").GetInt32()));
    }

    [Fact]
    public void What_the_README_says_of_agents_works()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var section = readme[readme.IndexOf("## Agents", StringComparison.Ordinal)..readme.IndexOf("## In a sandbox", StringComparison.Ordinal)];
        var askSockets = section.Split('`').First(static code => code.StartsWith("\"askSockets\"", StringComparison.Ordinal));
        _home.WriteConfiguration($"{{{askSockets}}}");
        Start(section.Split("```jsonc")[1].Split("```")[0]);
        foreach (var command in section.Split('`').Where(static code => code.StartsWith("clearance hook install", StringComparison.Ordinal)))
        {
            _home.Clearance(command.Split(' ')[1..]).Expect(0);
        }

        using var report = JsonDocument.Parse(_home.Clearance("doctor", "--json").Output);
        var hooks = report.RootElement.GetProperty("checks").EnumerateArray().Single(static check => check.GetProperty("name").GetString() == "hooks");
        Assert.Equal(("ok", "claude-code (user), codex (user)"), (hooks.GetProperty("severity").GetString(), hooks.GetProperty("summary").GetString()));
        Assert.Equal("allow", Decision(Hook("claude-code", Bash("npm test"), "--via", "claude")));
        Assert.Equal("prompt", Decision(Hook("claude-code", Bash("npm test"), "--via", "codex")));
    }

    private void Start(string rules)
    {
        _home.WriteRules(rules);
        _daemon = _home.Start();
    }

    private static string Bash(string command) =>
        $$$"""{"session_id":"s","cwd":"/w","permission_mode":"default","hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":{{{JsonSerializer.Serialize(command)}}}}}""";

    private static string Input(string call) => JsonDocument.Parse(call).RootElement is var json ? json.GetProperty("tool_name").GetString() + json.GetProperty("tool_input").GetRawText() : "";

    private CommandResult Hook(string host, string call, params string[] flags) => Command.Run(_home.Environment, call, [Repository.Cli, "hook", host, .. flags]);

    private Process Begin(string host, string call, params string[] flags)
    {
        var hook = Command.Start(_home.Environment, [Repository.Cli, "hook", host, .. flags]);
        hook.StandardInput.Write(call);
        hook.StandardInput.Close();
        return hook;
    }

    private static CommandResult End(Process hook)
    {
        Assert.True(hook.WaitForExit(Until.Deadline), "the hook still runs");
        return new CommandResult("hook", hook.ExitCode, hook.StandardOutput.ReadToEnd(), hook.StandardError.ReadToEnd());
    }

    /// <summary>The ask of a hook that waits; null when it ended without one.</summary>
    private static JsonElement? Asked(Operator person, Process hook)
    {
        var seen = person.Events.Count(static e => e.GetProperty("type").GetString() == "asked");
        JsonElement? found = null;
        Until.True(() =>
        {
            person.Call("clearance.ping");
            found = person.Events.Where(static e => e.GetProperty("type").GetString() == "asked").Skip(seen).Select(static e => (JsonElement?)e.GetProperty("data")).FirstOrDefault();
            return found is not null || hook.HasExited;
        }, "an ask, or the end of the hook");
        return found;
    }

    /// <summary>As the surfaces do it: bound to what is done, not to what only explains it.</summary>
    private static void Allow(Operator person, JsonElement ask) =>
        person.Result("clearance.decide", Verdict(ask, [.. ((string[])["action", "resource", "details"]).Where(name => ask.GetProperty("ask").TryGetProperty(name, out _)), "project"]));

    private static string Verdict(JsonElement ask, params string[] bind) =>
        $$$"""{"id":"{{{ask.GetProperty("id").GetString()}}}","digest":"{{{ask.GetProperty("digest").GetString()}}}","verdict":"allow","scope":{"kind":"for","duration":"8h"},"bind":{{{JsonSerializer.Serialize(bind)}}}}""";

    private static void Blocked(CommandResult run, string why)
    {
        Assert.True(run.ExitCode == 2, $"exit {run.ExitCode}: {run.Output}{run.Error}");
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.Equal("deny", Decision(run));
    }

    /// <summary>allow, deny or ask; prompt where the host is told nothing and does as it would have.</summary>
    private static string Decision(CommandResult run)
    {
        if (run.Output.Length == 0)
        {
            Assert.Equal(0, run.ExitCode);
            return "prompt";
        }

        using var output = JsonDocument.Parse(run.Output);
        var word = output.RootElement.GetProperty("hookSpecificOutput").GetProperty("permissionDecision").GetString()!;
        Assert.Equal(word == "deny" ? 2 : 0, run.ExitCode);
        return word;
    }
}
