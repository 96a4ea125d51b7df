namespace ClearanceDaemon.Core.Sessions;

/// <summary>How much of the daemon one socket, one process and one connection may hold.</summary>
/// <param name="AskConnections">Open connections on all ask sockets together.</param>
/// <param name="ConnectionsPerProcess">Open connections of one process, so that one runaway agent leaves room for the others.</param>
/// <param name="OperatorConnections">Open connections on the operator socket, kept apart from the askers'.</param>
/// <param name="InFlight">Unanswered requests of one connection, each of which holds memory.</param>
internal sealed record QuotaLimits(int AskConnections, int ConnectionsPerProcess, int OperatorConnections, int InFlight);
