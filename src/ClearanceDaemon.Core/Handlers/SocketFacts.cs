namespace ClearanceDaemon.Core.Handlers;

/// <summary>A served socket as <c>daemon.status</c> shows it.</summary>
internal sealed record SocketFacts(string Name, string Role, string Via, string Address, bool Activated, Func<int> Connections);
