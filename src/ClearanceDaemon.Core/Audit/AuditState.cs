namespace ClearanceDaemon.Core.Audit;

/// <summary>Whether the log takes records.</summary>
internal enum AuditState
{
    Ok,
    Failed,
}
