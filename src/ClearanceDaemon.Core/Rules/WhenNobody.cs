namespace ClearanceDaemon.Core.Rules;

/// <summary>What becomes of an <see cref="Decision.Ask"/> when no operator is present.</summary>
internal enum WhenNobody : byte
{
    NoOperator,
    Deny,
    Wait,
    Abstain,
}
