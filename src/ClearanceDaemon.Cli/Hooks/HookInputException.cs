namespace ClearanceDaemon.Cli.Hooks;

/// <summary>What the host sent cannot be asked about; the message is a sentence that says why. The call is blocked.</summary>
internal sealed class HookInputException(string message) : Exception(message);
