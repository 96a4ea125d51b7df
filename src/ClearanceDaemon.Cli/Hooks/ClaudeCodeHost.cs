using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Hooks;

/// <summary>
/// Claude Code, as its "Hooks reference" (code.claude.com/docs/en/hooks, 2.1.274) says. Standard output is read with any exit
/// code there; before 2.1.214 only with 0. Exit code 2 blocks a PreToolUse whatever stands on standard output; of a
/// PermissionRequest it now decides nothing, so a denial is always said in both ways.
/// </summary>
internal sealed class ClaudeCodeHost : HookHost
{
    public override string Name => "claude-code";

    public override string Title => "Claude Code";

    /// <summary>It is run for every call and can allow; a PermissionRequest after it would ask a second time.</summary>
    public override IReadOnlyList<string> InstalledEvents => [PreToolUse];

    public override HookSettings Settings { get; } = new("CLAUDE_CONFIG_DIR", ".claude", "settings.json");

    public override HookVerdict Fit(HookVerdict verdict, HookCall call) => verdict.Kind switch
    {
        HookVerdictKind.Abstain when NeverPrompts(call) => verdict with { Kind = HookVerdictKind.Prompt },
        _ => verdict,
    };

    public override LineBuffer? Output(HookVerdict verdict, string? hookEvent) => (hookEvent, verdict.Kind) switch
    {
        (_, HookVerdictKind.Abstain) => null,

        // The host is about to prompt, and does when it is told nothing.
        (PermissionRequest, HookVerdictKind.Prompt) => null,
        (PermissionRequest, _) => Decision(verdict),
        (_, HookVerdictKind.Allow) => PermissionDecision("allow", verdict.Reason),
        (_, HookVerdictKind.Prompt) => PermissionDecision("ask", verdict.Reason),
        _ => PermissionDecision("deny", verdict.Reason),
    };

    public override int DenialExitCode(bool isOutputWritten, bool isReasonWritten) => BlockingExitCode;
}
