namespace ClearanceDaemon.Core.Rules;

/// <summary>For how long a person may let a verdict stand.</summary>
[Flags]
internal enum GrantScopes : byte
{
    None = 0,
    Once = 1,
    For = 2,
    UntilExit = 4,
    Uses = 8,
    Always = 16,
    All = Once | For | UntilExit | Uses | Always,
}
