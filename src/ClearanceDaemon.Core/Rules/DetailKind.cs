namespace ClearanceDaemon.Core.Rules;

/// <summary>What a member of <c>details</c> holds.</summary>
internal enum DetailKind : byte
{
    String,
    Integer,
    Bool,
}
