namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Something <c>audit.verify</c> found.</summary>
public sealed record AuditFinding
{
    /// <summary>True: the log was changed or cut. False: a note.</summary>
    public required bool Alarm { get; init; }

    /// <summary>What.</summary>
    public required string Message { get; init; }

    /// <summary>The file.</summary>
    public string? File { get; init; }

    /// <summary>The line in it.</summary>
    public int? Line { get; init; }
}
