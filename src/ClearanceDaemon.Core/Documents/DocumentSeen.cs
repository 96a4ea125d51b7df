namespace ClearanceDaemon.Core.Documents;

/// <summary>A file or directory that was looked at; <paramref name="Why"/> says why it was not used.</summary>
internal sealed record DocumentSeen(string Path, bool Used, string? Why);
