namespace ClearanceDaemon.Core.Grants;

/// <summary>Why a grant answers nothing any more, as events say it.</summary>
internal static class GrantEnds
{
    public const string Revoked = "revoked";
    public const string Expired = "expired";
    public const string Used = "used";
    public const string Exited = "exited";
    public const string Lockdown = "lockdown";

    /// <summary>Found in the file without its verdict in the audit log.</summary>
    public const string Unrecorded = "unrecorded";
}
