namespace ClearanceDaemon.Core.Rules;

/// <summary>How far the rules in force are the rules on disk.</summary>
internal enum RuleStoreState : byte
{
    /// <summary>No load has succeeded: nothing may be decided, every ask is unavailable.</summary>
    Bad,

    /// <summary>The last load had errors; the set of the load before stays in force.</summary>
    Stale,

    /// <summary>The rules in force are those on disk.</summary>
    Ok,
}
