using System.Net.Sockets;
using ClearanceDaemon.Protocol;
using UnixPeers;

namespace ClearanceDaemon.Cli.Tests;

/// <summary>Every fault ends a run with a code that means no, and with a sentence.</summary>
public sealed class FailureTests
{
    public static TheoryData<Exception, int, string> Faults() => new()
    {
        { new UsageException("--x: no. Leave it out."), 126, "Leave it out." },
        { new NoAnswerException("odd answer"), 127, "odd answer" },
        { new UnixSocketException(UnixSocketFault.InvalidAddress, "l", "p", "too long."), 126, "too long" },
        { new UnixSocketException(UnixSocketFault.Refused, "l", "p", "not yours."), 127, "not yours" },
        { new UnixPeerException(UnixPeerFault.Unreachable, UnixAddress.FromPath("/p"), 1, null, "gone."), 127, "systemctl" },
        { new UnixPeerException(UnixPeerFault.Untrusted, UnixAddress.FromPath("/p"), 1, null, "someone else."), 127, "CLEARANCE_SERVER_UID" },
        { new RpcException(new RpcError(RpcErrorCode.InvalidParams, "too long") { Member = "argv" }), 126, "(argv): too long" },
        { new RpcException(new RpcError(RpcErrorCode.Busy, "full.") { RetryAfter = TimeSpan.FromSeconds(3) }), 127, "busy: full. Try again in 3s." },
        { new RpcException(new RpcError(RpcErrorCode.None, "?")), 127, "unknown error" },
        { new RpcException(new RpcError(RpcErrorCode.MethodNotFound, "no such method")), 127, "no such method. Only the operator's" },
        { new EndOfStreamException("closed."), 127, "closed." },
        { new InvalidDataException("no answer."), 127, "no answer." },
        { new IOException("x", new SocketException((int)SocketError.TimedOut)), 127, "in time" },
        { new IOException("reset."), 127, "reset." },
        { new UnauthorizedAccessException("denied."), 127, "mode" },
        { new InvalidOperationException("unforeseen"), 127, "report" },
        { new StackGuardException(), 127, "report" },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void NoFaultIsAnAllow(Exception fault, int exitCode, string part)
    {
        var failure = Failure.Of(fault);
        Assert.Equal(exitCode, failure.ExitCode);
        Assert.Contains(part, failure.Message);
    }

    private sealed class StackGuardException : Exception;
}
