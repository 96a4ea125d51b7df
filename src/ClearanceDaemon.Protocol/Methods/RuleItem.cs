namespace ClearanceDaemon.Protocol.Methods;

/// <summary>One rule in <c>rules.list</c>.</summary>
public sealed record RuleItem
{
    /// <summary>Its id, unique over all files.</summary>
    public required string Id { get; init; }

    /// <summary><c>allow</c>, <c>ask</c> or <c>deny</c>.</summary>
    public required string Decision { get; init; }

    /// <summary>Its action pattern; several are separated by a blank.</summary>
    public required string Action { get; init; }

    /// <summary>The file it stands in.</summary>
    public required string File { get; init; }

    /// <summary>The line it starts on.</summary>
    public required int Line { get; init; }

    /// <summary>Its JSON text as written.</summary>
    public required string Source { get; init; }
}
