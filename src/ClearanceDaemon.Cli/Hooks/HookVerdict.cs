namespace ClearanceDaemon.Cli.Hooks;

/// <summary>What a host is told, and why. The reason may hold what others wrote; it is cleaned where it is written.</summary>
internal readonly record struct HookVerdict(HookVerdictKind Kind, string Reason)
{
    public static HookVerdict Allow(string reason) => new(HookVerdictKind.Allow, reason);

    public static HookVerdict Abstain(string reason) => new(HookVerdictKind.Abstain, reason);

    public static HookVerdict Prompt(string reason) => new(HookVerdictKind.Prompt, reason);

    public static HookVerdict Deny(string reason) => new(HookVerdictKind.Deny, reason);
}
