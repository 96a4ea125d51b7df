using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Hooks;

/// <summary>
/// Codex, as its "Hooks" (developers.openai.com/codex/hooks, May 2026) and codex-rs/hooks of that time say. A PreToolUse can
/// only deny: <c>allow</c> and <c>ask</c> are a failed hook to it, and the call goes on. A PermissionRequest, which comes only where Codex
/// would prompt, can allow and deny. Exit code 2 counts only with a reason on standard error, and standard output only with exit code 0.
/// </summary>
internal sealed class CodexHost : HookHost
{
    public override string Name => "codex";

    public override string Title => "Codex";

    /// <summary>The first can deny whatever is called, the second can spare Codex's own prompt.</summary>
    public override IReadOnlyList<string> InstalledEvents => [PreToolUse, PermissionRequest];

    public override string Advice => "Codex runs no hook before you trust it: open /hooks in Codex. One of a project is run only where Codex trusts the project.";

    public override HookSettings Settings { get; } = new("CODEX_HOME", ".codex", "hooks.json");

    public override HookVerdict Fit(HookVerdict verdict, HookCall call) => verdict.Kind switch
    {
        HookVerdictKind.Prompt when call.Event == PreToolUse =>
            HookVerdict.Deny($"{verdict.Reason}; Codex cannot be told to ask, so run clearance watch and try again"),
        HookVerdictKind.Abstain when call.Event == PreToolUse && NeverPrompts(call) =>
            HookVerdict.Deny($"{verdict.Reason}, and in this mode Codex asks nobody: write a rule, or run clearance watch and try again"),
        _ => verdict,
    };

    public override LineBuffer? Output(HookVerdict verdict, string? hookEvent) => (hookEvent, verdict.Kind) switch
    {
        (PermissionRequest, HookVerdictKind.Allow or HookVerdictKind.Deny) => Decision(verdict),
        (_, HookVerdictKind.Deny) => PermissionDecision("deny", verdict.Reason),
        _ => null,
    };

    public override int DenialExitCode(bool isOutputWritten, bool isReasonWritten) =>
        isOutputWritten && !isReasonWritten ? ExitCodes.Ok : BlockingExitCode;
}
