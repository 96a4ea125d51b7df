using System.Text;
using System.Text.Json;

namespace ClearanceDaemon.Cli.Tests.Hooks;

/// <summary>Runs a hook inside the test, with a call on its standard input.</summary>
internal static class HookTry
{
    public const string Bash = """{"session_id":"s","cwd":"/w","permission_mode":"default","hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"npm test"}}""";

    public static string Event(string name, string mode = "default", string tool = "Bash", string input = """{"command":"npm test"}""") =>
        $$"""{"session_id":"s","cwd":"/w","permission_mode":"{{mode}}","hook_event_name":"{{name}}","tool_name":"{{tool}}","tool_input":{{input}}}""";

    public static Outcome Run(FakeDaemon daemon, string host, string call, params string[] flags) => Run(daemon, host, Encoding.UTF8.GetBytes(call), flags);

    public static Outcome Run(FakeDaemon daemon, string host, byte[] call, params string[] flags) => new InProcess
    {
        In = new MemoryStream(call),
        AnswerWithin = TimeSpan.FromSeconds(1),
        Variables = { ["HOME"] = "/home/me" },
    }.Talk(daemon, ["hook", host, .. flags]);

    /// <summary>The parameters of all asks that were made.</summary>
    public static List<JsonElement> Asked(FakeDaemon daemon) =>
        [.. daemon.Lines.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("params"))];

    /// <summary>It blocks as its host understands it: exit code 2, a reason on standard error, and where something is on standard output, it denies.</summary>
    public static void Blocked(Outcome run, params string[] parts)
    {
        Assert.True(run.ExitCode == 2, $"exit {run.ExitCode}: {run.Out}{run.Error}");
        Assert.StartsWith("clearance: ", run.Error);
        Assert.Equal(run.Error.Length - 1, run.Error.IndexOf('\n'));
        Assert.All(parts, part => Assert.Contains(part, run.Error));
        Assert.True(run.Out.Length == 0 || Denies(run.Json()), run.Out);
    }

    /// <summary>The reason in a denial on standard output.</summary>
    public static bool Denies(JsonElement output)
    {
        var specific = output.GetProperty("hookSpecificOutput");
        return specific.TryGetProperty("permissionDecision", out var word)
            ? word.GetString() == "deny" && specific.GetProperty("permissionDecisionReason").GetString()!.Length > 0
            : specific.GetProperty("decision").GetProperty("behavior").GetString() == "deny" && specific.GetProperty("decision").GetProperty("message").GetString()!.Length > 0;
    }
}
