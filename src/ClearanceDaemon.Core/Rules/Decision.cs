namespace ClearanceDaemon.Core.Rules;

/// <summary>What a rule says to an ask. <see cref="Ask"/> leaves it to a grant, a handler or a person.</summary>
internal enum Decision : byte
{
    Ask,
    Allow,
    Deny,
}
