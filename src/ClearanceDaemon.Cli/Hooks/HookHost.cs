using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Hooks;

/// <summary>A program that runs hooks: which of its events ask, and how it is answered.</summary>
internal abstract class HookHost
{
    protected const string PreToolUse = "PreToolUse";
    protected const string PermissionRequest = "PermissionRequest";

    /// <summary>Claude Code's and Codex's exit code for a block. Every other one but 0 is a failed hook to them, and the call goes on.</summary>
    public const int BlockingExitCode = 2;

    public static IReadOnlyList<HookHost> All { get; } = [new ClaudeCodeHost(), new CodexHost()];

    /// <summary>On the command line.</summary>
    public abstract string Name { get; }

    /// <summary>For people.</summary>
    public abstract string Title { get; }

    /// <summary>The events that installing registers for.</summary>
    public abstract IReadOnlyList<string> InstalledEvents { get; }

    /// <summary>What else there is to do after installing; empty where there is nothing.</summary>
    public virtual string Advice => "";

    /// <summary>Where its hooks are configured.</summary>
    public abstract HookSettings Settings { get; }

    /// <summary>
    /// Whether the event asks for permission. One that tells of something that was done, or is about no tool, does not; one of
    /// a tool that is not known is refused.
    /// </summary>
    /// <exception cref="HookInputException">An event of a tool that this program does not know.</exception>
    public static bool Asks(HookCall call) => call switch
    {
        { Event: PreToolUse or PermissionRequest } => true,
        { Tool: "" } or { Event: "PostToolUse" or "PostToolUseFailure" or "PostToolBatch" or "PermissionDenied" } => false,
        _ => throw new HookInputException($"{call.Event} is an event of a tool that this program does not know"),
    };

    /// <summary>The verdict as this host can be told it: one that it does not understand becomes one that is no weaker.</summary>
    public abstract HookVerdict Fit(HookVerdict verdict, HookCall call);

    /// <summary>What goes to standard output for a verdict; nothing where the host wants nothing.</summary>
    public abstract LineBuffer? Output(HookVerdict verdict, string? hookEvent);

    /// <summary>The exit code of a denial, of which <see cref="Output"/> and the reason on standard error were, or were not, written.</summary>
    public abstract int DenialExitCode(bool isOutputWritten, bool isReasonWritten);

    /// <summary>In the mode the host is in, a call that nobody decides may go through without any prompt.</summary>
    protected static bool NeverPrompts(HookCall call) => call.Mode is not (null or "default" or "acceptEdits" or "plan" or "auto" or "dontAsk");

    /// <summary><c>{"hookSpecificOutput":{"hookEventName":EVENT,…}}</c>, the part after the name being the caller's.</summary>
    protected static LineBuffer Specific(string hookEvent, Action<LineBuffer> rest)
    {
        var json = new LineBuffer();
        json.Raw("{\"hookSpecificOutput\":{\"hookEventName\":"u8);
        Text(json, hookEvent);
        rest(json);
        json.Raw("}}\n"u8);
        return json;
    }

    /// <summary><c>"decision":{"behavior":…}</c>, which both hosts take as the answer to a PermissionRequest.</summary>
    protected static LineBuffer Decision(HookVerdict verdict) => Specific(PermissionRequest, json =>
    {
        var isAllowed = verdict.Kind == HookVerdictKind.Allow;
        json.Raw(isAllowed ? ",\"decision\":{\"behavior\":\"allow\""u8 : ",\"decision\":{\"behavior\":\"deny\",\"message\":"u8);
        if (!isAllowed)
        {
            Text(json, verdict.Reason);
        }

        json.Raw((byte)'}');
    });

    /// <summary><c>"permissionDecision":…</c>, the answer to a PreToolUse.</summary>
    protected static LineBuffer PermissionDecision(string word, string reason) => Specific(PreToolUse, json =>
    {
        json.Raw(",\"permissionDecision\":"u8);
        Text(json, word);
        json.Raw(",\"permissionDecisionReason\":"u8);
        Text(json, reason);
    });

    private static void Text(LineBuffer json, string text) => json.String(System.Text.Encoding.UTF8.GetBytes(text));
}
