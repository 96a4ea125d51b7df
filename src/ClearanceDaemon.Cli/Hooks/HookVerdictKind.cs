namespace ClearanceDaemon.Cli.Hooks;

/// <summary>What a host is told. In the order of strength: of several, the highest counts.</summary>
internal enum HookVerdictKind
{
    /// <summary>Go ahead, without the host's own prompt.</summary>
    Allow,

    /// <summary>Nothing: the host goes on as if it had no hook, and asks where it would ask.</summary>
    Abstain,

    /// <summary>The host's own prompt, also where it would not ask.</summary>
    Prompt,

    /// <summary>No.</summary>
    Deny,
}
