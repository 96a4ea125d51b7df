namespace ClearanceDaemon.Core.Rules.Loading;

/// <summary>Whether a problem keeps the rules from being used.</summary>
internal enum RuleSeverity : byte
{
    Error,
    Warning,
}
