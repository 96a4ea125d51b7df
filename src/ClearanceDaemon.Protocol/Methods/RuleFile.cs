namespace ClearanceDaemon.Protocol.Methods;

/// <summary>A file in a directory of rules: used, or why not.</summary>
public sealed record RuleFile
{
    /// <summary>Its absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>True when its rules are in force.</summary>
    public required bool Used { get; init; }

    /// <summary>Why it is not used.</summary>
    public string? Why { get; init; }
}
