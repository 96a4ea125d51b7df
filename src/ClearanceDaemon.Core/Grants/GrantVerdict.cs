namespace ClearanceDaemon.Core.Grants;

/// <summary>What a grant answers.</summary>
internal enum GrantVerdict : byte
{
    Allow,
    Deny,
}
