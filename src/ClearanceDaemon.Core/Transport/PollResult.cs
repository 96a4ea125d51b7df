namespace ClearanceDaemon.Core.Transport;

/// <summary>One ready descriptor: the token it was added with, and what it is ready for.</summary>
internal readonly record struct PollResult(long Token, PollEvents Events);
