using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Cli.Connecting;

/// <summary>Opens the one connection a run of the program needs, to a listener whose user was verified before a byte went out.</summary>
internal static class DaemonLink
{
    /// <param name="role">A <see cref="SocketRole"/>.</param>
    /// <param name="flags">Where, as far as the command line says.</param>
    /// <param name="surroundings">Where and whose, as far as the environment says.</param>
    /// <param name="wait">How long the daemon was asked to wait for a person.</param>
    /// <returns>A client that owns the connection.</returns>
    public static ClearanceClient Open(string role, AddressFlags flags, Surroundings surroundings, TimeSpan wait)
    {
        var address = DaemonAddress.Resolve(role, flags, surroundings);
        var connection = UnixPeerClient.Connect(address, DaemonAddress.ServerUid(surroundings));
        connection.Stream.WriteTimeout = (int)surroundings.AnswerWithin.TotalMilliseconds;
        connection.Stream.ReadTimeout = (int)Math.Min((wait + surroundings.AnswerWithin).TotalMilliseconds, int.MaxValue);
        return new ClearanceClient(connection.Stream, LineBytes(role));
    }

    /// <summary>The same for one of several calls at a time; how long one may take is the caller's to say.</summary>
    public static async Task<ClearanceClient> OpenAsync(string role, AddressFlags flags, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var address = DaemonAddress.Resolve(role, flags, surroundings);
        var connection = await UnixPeerClient.ConnectAsync(address, DaemonAddress.ServerUid(surroundings), ct: cancellationToken).ConfigureAwait(false);
        return new ClearanceClient(connection.Stream, LineBytes(role));
    }

    private static int LineBytes(string role) => role == SocketRole.Operator ? ProtocolLimits.OperatorLineBytes : ProtocolLimits.AskLineBytes;
}
