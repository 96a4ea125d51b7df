using System.Text.Json.Serialization.Metadata;
using ClearanceDaemon.Cli.Commands;
using ClearanceDaemon.Cli.Connecting;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Cli.Doctor;

/// <summary>
/// What the daemon says on the operator's socket. Its status is asked for once; a daemon that did not give it is not asked
/// for anything else.
/// </summary>
internal sealed class DaemonAnswers(AddressFlags flags, Surroundings surroundings, bool offline)
{
    private StatusResult? _status;
    private bool _asked;

    /// <summary>Null when it did not answer or was not asked; <see cref="Silence"/> says why.</summary>
    public StatusResult? Status
    {
        get
        {
            AskOnce();
            return _status;
        }
    }

    /// <summary>Why there is no status, in words for the checks that would need it.</summary>
    public string Silence => offline ? "the daemon is not asked (--offline)" : "the daemon gives no answer";

    /// <summary>What asking for the status came to; null when it was answered or not asked for.</summary>
    public Failure? Fault { get; private set; }

    /// <summary>What the daemon refused with; null when it did not answer at all, or well.</summary>
    public RpcError? Refusal { get; private set; }

    /// <summary>Whether it is the operator's socket that cannot be connected to.</summary>
    public bool IsUnreachable { get; private set; }

    /// <summary>A further question. Its faults are the caller's.</summary>
    public T Ask<T>(string method, ReadOnlySpan<byte> parameters, JsonTypeInfo<T> shape, TimeSpan within = default)
    {
        using var client = DaemonLink.Open(SocketRole.Operator, flags, surroundings, within);
        return Answer.Read(client.CallRaw(method, parameters), shape);
    }

    /// <summary>A connection for lists that come in pages; the caller's.</summary>
    public ClearanceClient Connect() => DaemonLink.Open(SocketRole.Operator, flags, surroundings, TimeSpan.Zero);

    private void AskOnce()
    {
        if (_asked || offline)
        {
            return;
        }

        _asked = true;
        try
        {
            _status = Ask(MethodNames.Status, "{}"u8, ProtocolJson.Default.StatusResult);
        }
        catch (Exception e) when (e is RpcException or UnixPeerException or UnixSocketException or NoAnswerException or IOException or InvalidDataException)
        {
            Fault = Failure.Of(e);
            Refusal = (e as RpcException)?.Error;
            IsUnreachable = e is UnixPeerException { Kind: UnixPeerFault.Unreachable };
        }
    }
}
