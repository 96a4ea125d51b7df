namespace ClearanceDaemon.Protocol.Methods;

/// <summary>What an event tells. A client ignores types it does not know.</summary>
public static class EventType
{
    /// <summary>An ask waits; data is a <see cref="PendingItem"/>. Also what a snapshot is made of.</summary>
    public const string Asked = "asked";

    /// <summary>The same ask came again or a waiter left; data is <see cref="AskedAgainEvent"/>.</summary>
    public const string AskedAgain = "asked_again";

    /// <summary>An ask ended, by a person or otherwise; data is a <see cref="DecidedEvent"/>.</summary>
    public const string Decided = "decided";

    /// <summary>The snapshot is complete; data is <see cref="SnapshotEndEvent"/>.</summary>
    public const string SnapshotEnd = "snapshot_end";

    /// <summary>Events were missed; a new snapshot follows. Data is empty.</summary>
    public const string Lost = "lost";

    /// <summary>Data is a <see cref="GrantItem"/>.</summary>
    public const string GrantMade = "grant_made";

    /// <summary>Data is a <see cref="GrantEndedEvent"/>.</summary>
    public const string GrantEnded = "grant_ended";

    /// <summary>Lockdown begins or ends; data is a <see cref="LockdownState"/>.</summary>
    public const string Lockdown = "lockdown";

    /// <summary>The number of people who answer changed; data is <see cref="OperatorsEvent"/>.</summary>
    public const string Operators = "operators";

    /// <summary>Other rules are in force; data is <see cref="RulesEvent"/>.</summary>
    public const string Rules = "rules";

    /// <summary>A verdict was carried out by a handler; data is an <see cref="EffectEvent"/> without a failure.</summary>
    public const string EffectDone = "effect_done";

    /// <summary>A verdict could not be carried out; data is an <see cref="EffectEvent"/> with the failure. An <c>asked</c> of the same id follows where it can be tried again.</summary>
    public const string EffectFailed = "effect_failed";

    /// <summary>A container firewall reported something; data is a <see cref="ShieldEvent"/>.</summary>
    public const string Shield = "shield";

    /// <summary>A handler was switched, broke or works again; data is a <see cref="HandlerEvent"/>.</summary>
    public const string Handler = "handler";
}
