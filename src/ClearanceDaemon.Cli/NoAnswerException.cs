namespace ClearanceDaemon.Cli;

/// <summary>What came back is no answer one may act on; the message says what it was and what to do.</summary>
internal sealed class NoAnswerException(string message) : Exception(message);
