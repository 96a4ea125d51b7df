namespace ClearanceDaemon.Core.Rules.Loading;

/// <summary>A member of an object, with the place of its name.</summary>
internal readonly record struct RuleJsonMember(string Name, int Start, RuleJson Value);
