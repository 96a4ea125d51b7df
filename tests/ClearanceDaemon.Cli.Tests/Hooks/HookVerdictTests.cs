using System.Text.Json;

namespace ClearanceDaemon.Cli.Tests.Hooks;

/// <summary>What a host is told for every outcome: the table of clearance-hook(1), one cell a line.</summary>
public sealed class HookVerdictTests
{
    [Theory]
    [InlineData("claude-code", "PreToolUse", "allow")]
    [InlineData("claude-code", "PermissionRequest", "behavior:allow")]
    [InlineData("codex", "PreToolUse", "")]
    [InlineData("codex", "PermissionRequest", "behavior:allow")]
    public void Allowed(string host, string name, string told) => Told(host, name, """{"outcome":"allowed","id":"1","by":"rule:x"}""", told);

    [Theory]
    [InlineData("claude-code", "PreToolUse", "default", "rule:x", "ask")]
    [InlineData("claude-code", "PreToolUse", "bypassPermissions", "rule:x", "ask")]
    [InlineData("claude-code", "PreToolUse", "default", "default", "")]
    [InlineData("claude-code", "PreToolUse", "acceptEdits", "default", "")]
    [InlineData("claude-code", "PreToolUse", "plan", "default", "")]
    [InlineData("claude-code", "PreToolUse", "auto", "default", "")]
    [InlineData("claude-code", "PreToolUse", "dontAsk", "default", "")]
    [InlineData("claude-code", "PreToolUse", "bypassPermissions", "default", "ask")]
    [InlineData("claude-code", "PreToolUse", "a-mode-to-come", "default", "ask")]
    [InlineData("claude-code", "PermissionRequest", "default", "rule:x", "")]
    [InlineData("claude-code", "PermissionRequest", "default", "default", "")]
    [InlineData("codex", "PreToolUse", "default", "default", "")]
    [InlineData("codex", "PreToolUse", "default", "rule:x", "deny")]
    [InlineData("codex", "PreToolUse", "bypassPermissions", "default", "deny")]
    [InlineData("codex", "PermissionRequest", "default", "rule:x", "")]
    [InlineData("codex", "PermissionRequest", "default", "default", "")]
    public void NobodyThereAndAbstained(string host, string name, string mode, string by, string told)
    {
        Told(host, name, $$"""{"outcome":"no_operator","id":"1","by":"{{by}}"}""", told, mode);
        Told(host, name, $$"""{"outcome":"abstained","id":"1","by":"{{by}}"}""", told, mode);
    }

    [Theory]
    [InlineData("claude-code", "PreToolUse")]
    [InlineData("claude-code", "PermissionRequest")]
    [InlineData("codex", "PreToolUse")]
    [InlineData("codex", "PermissionRequest")]
    public void B61_WhateverElseIsADenial(string host, string name)
    {
        foreach (var (outcome, why) in ((string, string)[])
        [
            ("""{"outcome":"denied","id":"1","by":"rule:x","reason":"use trash-put"}""", "denied by rule:x: use trash-put"),
            ("""{"outcome":"denied","id":"1"}""", "denied by the daemon"),
            ("""{"outcome":"timed_out","id":"1","by":"default"}""", "nobody answered within 5s"),
            ("""{"outcome":"withdrawn","id":"1"}""", "withdrawn"),
            ("""{"outcome":"allowed ","id":"1"}""", "does not know"),
            ("""{"outcome":"ALLOWED","id":"1"}""", "does not know"),
            ("""{"outcome":"","id":"1"}""", "does not know"),
        ])
        {
            using var daemon = FakeDaemon.Answering(outcome);
            HookTry.Blocked(HookTry.Run(daemon, host, HookTry.Event(name), "--wait", "5s"), why);
        }
    }

    [Theory]
    [InlineData("claude-code", "PreToolUse")]
    [InlineData("claude-code", "PermissionRequest")]
    [InlineData("codex", "PreToolUse")]
    [InlineData("codex", "PermissionRequest")]
    public void B61_ClosedLeavesNothingToTheHost(string host, string name)
    {
        foreach (var outcome in (string[])["no_operator", "abstained"])
        {
            foreach (var by in (string[])["rule:x", "default"])
            {
                using var daemon = FakeDaemon.Answering($$"""{"outcome":"{{outcome}}","id":"1","by":"{{by}}"}""");
                HookTry.Blocked(HookTry.Run(daemon, host, HookTry.Event(name), "--closed"));
            }
        }
    }

    [Theory]
    [InlineData("claude-code")]
    [InlineData("codex")]
    public void WhatTellsOfThePastIsNotAskedAbout(string host)
    {
        using var daemon = FakeDaemon.Answering("""{"outcome":"denied","id":"1"}""");
        foreach (var name in (string[])["PostToolUse", "PostToolUseFailure", "PostToolBatch", "PermissionDenied"])
        {
            Assert.Equal(new Outcome(0, "", ""), HookTry.Run(daemon, host, HookTry.Event(name)));
        }

        foreach (var name in (string[])["Stop", "SessionStart", "UserPromptSubmit", "Notification", "SubagentStop", "an event to come"])
        {
            Assert.Equal(new Outcome(0, "", ""), HookTry.Run(daemon, host, $$"""{"hook_event_name":"{{name}}","session_id":"s"}"""));
        }

        Assert.Empty(daemon.Lines);
    }

    [Fact]
    public void AReasonReachesTheHostCleaned()
    {
        using var daemon = FakeDaemon.Answering("""{"outcome":"denied","id":"1","by":"operator","reason":"\u001b[31mred\u202e \"quoted\""}""");
        var run = HookTry.Run(daemon, "claude-code", HookTry.Bash);
        HookTry.Blocked(run, "denied by operator: \\u{1b}[31mred\\u{202e} \"quoted\"");
        Assert.Contains("\\u{1b}[31mred", run.Json().GetProperty("hookSpecificOutput").GetProperty("permissionDecisionReason").GetString());
    }

    private static void Told(string host, string name, string outcome, string told, string mode = "default")
    {
        using var daemon = FakeDaemon.Answering(outcome);
        var run = HookTry.Run(daemon, host, HookTry.Event(name, mode), "--wait", "5s");
        if (told == "deny")
        {
            HookTry.Blocked(run);
            return;
        }

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(told, run.Out.Length == 0 ? "" : Word(run.Json(), name));
    }

    private static string Word(JsonElement output, string name)
    {
        Assert.Equal("hookSpecificOutput", Assert.Single(output.EnumerateObject()).Name);
        var specific = output.GetProperty("hookSpecificOutput");
        Assert.Equal(name, specific.GetProperty("hookEventName").GetString());
        return specific.TryGetProperty("permissionDecision", out var word) ? word.GetString()! : "behavior:" + specific.GetProperty("decision").GetProperty("behavior").GetString();
    }
}
