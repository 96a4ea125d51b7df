using System.Net.Sockets;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using UnixPeers;

namespace ClearanceDaemon.Cli;

/// <summary>What a fault means to the caller: the exit code, and the sentence that says what happened and what to do next.</summary>
internal readonly record struct Failure(int ExitCode, string Message)
{
    public static Failure Of(Exception fault) => fault switch
    {
        UsageException e => new(ExitCodes.Usage, e.Message),
        UnixSocketException { Fault: UnixSocketFault.InvalidAddress } e => new(ExitCodes.Usage, e.Message),
        RpcException e => OfAnswer(e.Error),
        UnixPeerException e => new(ExitCodes.NoAnswer, e.Message + Advice(e.Kind)),
        NoAnswerException or OutputException or UnixSocketException => new(ExitCodes.NoAnswer, fault.Message),
        InvalidDataException or EndOfStreamException => new(ExitCodes.NoAnswer, $"{fault.Message} See what the daemon logs, then try again."),
        IOException { InnerException: SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock } } =>
            new(ExitCodes.NoAnswer, "The daemon did not answer in time. See what it logs, then restart it."),
        UnauthorizedAccessException e => new(ExitCodes.NoAnswer, $"{e.Message} See who owns it, and its mode."),
        IOException e => new(ExitCodes.NoAnswer, $"{e.Message} See what the daemon logs, then try again."),
        _ => new(ExitCodes.NoAnswer, $"{fault.GetType().Name}: {fault.Message} This is a fault of this program; please report it."),
    };

    private static string Advice(UnixPeerFault kind) => kind switch
    {
        UnixPeerFault.Unreachable => " To start it: systemctl --user start clearance.socket clearance-operator.socket, or clearanced.",
        UnixPeerFault.Untrusted => " Where ids are mapped, as in a container, CLEARANCE_SERVER_UID names it.",
        _ => "",
    };

    /// <summary>The daemon's sentence, with or without its full stop, and one of ours after it.</summary>
    public static string Sentences(string theirs, string ours) =>
        ours.Length == 0 || theirs.EndsWith('.') ? theirs + ours : $"{theirs}.{ours}";

    // Which socket was meant is not known here, but only an operator's method is commonly missing.
    private static string Advice(RpcErrorCode code) => code switch
    {
        RpcErrorCode.MethodNotFound =>
            " Only the operator's socket has it: name that one with --operator-socket or CLEARANCE_OPERATOR_SOCKET. If this is it, the daemon is older than this program.",
        _ => "",
    };

    private static Failure OfAnswer(RpcError error)
    {
        var name = error.Name ?? (error.Code == RpcErrorCode.None ? "an unknown error" : RpcErrorCodes.Text(error.Code));
        var member = error.Member is null ? "" : $" ({error.Member})";
        var retry = error.RetryAfter is { } wait ? $" Try again in {Duration.Format(wait)}." : "";
        var advice = Sentences(error.Message, retry + Advice(error.Code));
        return error.Code == RpcErrorCode.InvalidParams
            ? new(ExitCodes.Usage, $"the daemon does not take this{member}: {advice}")
            : new(ExitCodes.NoAnswer, $"the daemon answered {name}{member}: {advice}");
    }
}
