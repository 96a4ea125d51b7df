namespace ClearanceDaemon.Cli.Connecting;

/// <summary>What the command line says about where the daemon is.</summary>
internal readonly record struct AddressFlags(string? Instance, string? AskSocket, string? OperatorSocket);
