namespace ClearanceDaemon.Core.Clearances;

/// <summary>Why the parameters of an ask were refused.</summary>
internal sealed record AskFault(string Message, string? Member);
