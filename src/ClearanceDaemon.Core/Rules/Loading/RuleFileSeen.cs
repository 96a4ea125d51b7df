namespace ClearanceDaemon.Core.Rules.Loading;

/// <summary>A file or directory that was looked at; <paramref name="Why"/> says why it was not used.</summary>
internal sealed record RuleFileSeen(string Path, bool Used, string? Why);
