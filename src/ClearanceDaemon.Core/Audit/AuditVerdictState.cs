namespace ClearanceDaemon.Core.Audit;

/// <summary>What a verification came to.</summary>
internal enum AuditVerdictState
{
    /// <summary>Every record is as it was written and none is missing, as far as chain and anchor reach.</summary>
    Intact,

    /// <summary>The chain holds, but the log itself says on record that something was lost.</summary>
    Alarmed,

    /// <summary>A record was changed, removed or added.</summary>
    Broken,
}
