namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Answer to <c>daemon.lockdown</c>.</summary>
public sealed record LockdownResult
{
    /// <summary>What holds now.</summary>
    public required LockdownState State { get; init; }

    /// <summary>Grants revoked by it.</summary>
    public required int Revoked { get; init; }

    /// <summary>Pending asks denied by it.</summary>
    public required int Denied { get; init; }
}
