namespace ClearanceDaemon.Core.Rules.Loading;

/// <summary>A member of an object, with the place of its name.</summary>
internal sealed record RuleJsonMember(string Name, int Start, RuleJson Value);
