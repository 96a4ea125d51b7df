namespace ClearanceDaemon.Cli.Output;

/// <summary>Standard output took no more: then nobody got the answer. The message is empty where a reader left on purpose.</summary>
internal sealed class OutputException(string message) : IOException(message);
