namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Every method and notification name of the protocol.</summary>
public static class MethodNames
{
    /// <summary>What the daemon and this socket are. Every socket.</summary>
    public const string Hello = "clearance.hello";

    /// <summary>Is anyone there? Every socket.</summary>
    public const string Ping = "clearance.ping";

    /// <summary>May I do this?</summary>
    public const string Ask = "clearance.ask";

    /// <summary>Notification to the asker: the ask waits for a person.</summary>
    public const string Asked = "clearance.asked";

    /// <summary>Wait for a pending ask.</summary>
    public const string Wait = "clearance.wait";

    /// <summary>Take a pending ask back.</summary>
    public const string Withdraw = "clearance.withdraw";

    /// <summary>How the daemon is. Operator.</summary>
    public const string Status = "daemon.status";

    /// <summary>The rules in force. Operator.</summary>
    public const string RulesList = "rules.list";

    /// <summary>What the rules would say, and why. Operator.</summary>
    public const string RulesExplain = "rules.explain";

    /// <summary>Read the rules again. Operator.</summary>
    public const string RulesReload = "rules.reload";

    /// <summary>A page of audit records. Operator.</summary>
    public const string AuditRead = "audit.read";

    /// <summary>A page of the asks that wait. Operator.</summary>
    public const string Pending = "clearance.pending";

    /// <summary>A verdict on a pending ask. Operator.</summary>
    public const string Decide = "clearance.decide";

    /// <summary>Follow what happens. Operator.</summary>
    public const string Subscribe = "clearance.subscribe";

    /// <summary>Notification to a subscriber.</summary>
    public const string Event = "clearance.event";

    /// <summary>A page of the grants in force. Operator.</summary>
    public const string GrantsList = "grants.list";

    /// <summary>Take grants back. Operator.</summary>
    public const string GrantsRevoke = "grants.revoke";

    /// <summary>Walk the audit log's chain. Operator.</summary>
    public const string AuditVerify = "audit.verify";

    /// <summary>Deny everything until lifted. Operator.</summary>
    public const string Lockdown = "daemon.lockdown";

    /// <summary>The handlers, and how they are. Operator.</summary>
    public const string HandlersList = "handlers.list";

    /// <summary>Switch a handler on. Operator.</summary>
    public const string HandlersEnable = "handlers.enable";

    /// <summary>Switch a handler off. Operator.</summary>
    public const string HandlersDisable = "handlers.disable";

    /// <summary>Send a handler one request and see what it answers. Operator.</summary>
    public const string HandlersTest = "handlers.test";
}
