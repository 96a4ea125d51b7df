namespace ClearanceDaemon.Configuration;

/// <summary>What the command line says.</summary>
internal sealed record DaemonArguments
{
    public string Instance { get; init; } = "";

    public bool Ephemeral { get; init; }

    public string? AskSocket { get; init; }

    public string? OperatorSocket { get; init; }

    public string? Abstract { get; init; }

    /// <summary>Instead of the usual directories; empty for these.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    public string? LogLevel { get; init; }

    /// <summary>Rule files to check instead of serving; null to serve.</summary>
    public IReadOnlyList<string>? CheckRules { get; init; }

    public bool Json { get; init; }

    /// <summary>To run handlers for a daemon instead of being one.</summary>
    public bool Handlers { get; init; }

    /// <summary>Directories of manifests instead of the usual ones; empty for these.</summary>
    public IReadOnlyList<string> HandlersConfig { get; init; } = [];

    /// <summary>To end when stdin does: a daemon holds the other end.</summary>
    public bool UntilEof { get; init; }

    /// <summary>The listening socket that the daemon that started this process gave it.</summary>
    public int? ListenerDescriptor { get; init; }
}
