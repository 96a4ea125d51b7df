namespace ClearanceDaemon.Core.External.Orders;

/// <summary>The handlers whose processes may go on: the manifest's SHA-256, hex, by the handler's name.</summary>
internal sealed record KeepOrder(Dictionary<string, string> Handlers);
