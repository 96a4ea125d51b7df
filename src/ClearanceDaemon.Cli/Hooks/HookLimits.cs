namespace ClearanceDaemon.Cli.Hooks;

/// <summary>What a hook takes from its host, and how long it may take.</summary>
internal static class HookLimits
{
    /// <summary>Bytes of a call: a file's whole content is part of it. More is read to its end, so that the host does not fail writing, and blocked.</summary>
    public const int InputBytes = 16 * 1024 * 1024;

    /// <summary>The longest text, as JSON writes it, that goes into an ask as it is; a longer one goes as its SHA-256 and size. Leaves room for the rest of a line.</summary>
    public const int TextBytes = 24 * 1024;

    /// <summary>The longest name of a tool.</summary>
    public const int ToolNameBytes = 256;

    /// <summary>Files of one patch: each is an ask of its own, and a person would have to answer each.</summary>
    public const int PatchFiles = 64;

    /// <summary>The longest path that a system opens (PATH_MAX).</summary>
    public const int PathBytes = 4096;

    /// <summary>The longest <c>--wait</c>: no host keeps a call for longer.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromHours(1);

    /// <summary>How long a person has to answer unless <c>--wait</c> says otherwise.</summary>
    public static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(60);

    /// <summary>Beyond the wait: for reading the call, connecting, and an answer under way. After that the hook blocks, whatever it is doing.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    /// <summary>Beyond the slack: the host's own timeout must never come first, because hosts let a call through that a hook did not answer.</summary>
    public static readonly TimeSpan HostMargin = TimeSpan.FromSeconds(5);

    /// <summary>The host's timeout that goes with a wait, in whole seconds.</summary>
    public static int HostTimeoutSeconds(TimeSpan wait) => (int)Math.Ceiling((wait + Slack + HostMargin).TotalSeconds);
}
