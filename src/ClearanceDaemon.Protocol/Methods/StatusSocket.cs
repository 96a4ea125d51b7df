namespace ClearanceDaemon.Protocol.Methods;

/// <summary>One socket of the daemon in <c>daemon.status</c>.</summary>
public sealed record StatusSocket
{
    /// <summary>The label its errors carry, such as <c>ask.claude</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>ask</c> or <c>operator</c>.</summary>
    public required string Role { get; init; }

    /// <summary>The name rules and grants see.</summary>
    public required string Via { get; init; }

    /// <summary>The path, or <c>@NAME</c> for an abstract address.</summary>
    public required string Address { get; init; }

    /// <summary>True when the service manager made it.</summary>
    public required bool Activated { get; init; }

    /// <summary>True while the daemon accepts on it.</summary>
    public required bool Served { get; init; }

    /// <summary>Connections open now.</summary>
    public required int Connections { get; init; }
}
