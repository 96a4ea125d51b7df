using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Cli.Connecting;

/// <summary>Opens the one connection a run of the program needs, to a listener whose user was verified before a byte went out.</summary>
internal static class DaemonLink
{
    /// <summary>How long a daemon that has nobody to ask may take for an answer: a hung one must not hang scripts.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);

    /// <returns>A client that owns the connection.</returns>
    public static ClearanceClient Open(string role, AddressFlags flags, Surroundings surroundings, TimeSpan answerWithin)
    {
        var address = DaemonAddress.Resolve(role, flags, surroundings);
        var lineBytes = role == SocketRole.Operator ? ProtocolLimits.OperatorLineBytes : ProtocolLimits.AskLineBytes;
        var connection = UnixPeerClient.Connect(address, DaemonAddress.ServerUid(surroundings));
        connection.Stream.ReadTimeout = (int)Math.Min(answerWithin.TotalMilliseconds, int.MaxValue);
        return new ClearanceClient(connection.Stream, lineBytes);
    }
}
