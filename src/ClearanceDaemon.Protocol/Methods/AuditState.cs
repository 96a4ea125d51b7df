namespace ClearanceDaemon.Protocol.Methods;

/// <summary>The state of the audit log.</summary>
public static class AuditState
{
    /// <summary>Records are written.</summary>
    public const string Ok = "ok";

    /// <summary>Records cannot be written: every ask is unavailable.</summary>
    public const string Failed = "failed";
}
