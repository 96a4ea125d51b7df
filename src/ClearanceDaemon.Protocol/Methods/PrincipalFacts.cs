namespace ClearanceDaemon.Protocol.Methods;

/// <summary>What /proc showed of an ask's principal. Observed, not proof: a process can exec, inject and rename itself.</summary>
public sealed record PrincipalFacts
{
    /// <summary>One of <see cref="PrincipalState"/>; with <c>unknown</c> and <c>gone</c> the rest may be absent.</summary>
    public required string State { get; init; }

    /// <summary>Who that is, one of <see cref="AskAs"/>: <c>self</c> also where the parent or session that was asked for is not fit to be one.</summary>
    public required string Principal { get; init; }

    /// <summary>Its process id in the daemon's pid namespace.</summary>
    public int? Pid { get; init; }

    /// <summary>The path of its program.</summary>
    public string? Exe { get; init; }

    /// <summary>The name it gave itself; any text at all.</summary>
    public string? Command { get; init; }

    /// <summary>Its systemd unit.</summary>
    public string? Unit { get; init; }

    /// <summary>When it started, RFC 3339 UTC.</summary>
    public string? Started { get; init; }

    /// <summary>The container, where the principal is one and no process; its reporter's word.</summary>
    public string? Container { get; init; }
}
