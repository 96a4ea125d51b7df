using ClearanceDaemon.Core.Audit;
using UnixPeers;

namespace ClearanceDaemon;

/// <summary>Why the daemon does not start, and the exit code that says so. Thrown anywhere in the start, caught in <see cref="Program"/>.</summary>
internal sealed class StartException(int exitCode, string message) : Exception(message)
{
    public int ExitCode => exitCode;

    /// <summary>The exit code and the one line of whatever the start threw; what it does not expect is a fault of ours and says so.</summary>
    public static StartException From(Exception exception) => exception switch
    {
        StartException start => start,
        UnixSocketException socket => new(CodeOf(socket.Fault), socket.Message),
        InheritedSocketException inherited => new(ExitCodes.Refused, inherited.Message),
        AuditException { IsInUse: true } inUse => new(ExitCodes.AlreadyRunning, inUse.Message),
        AuditException audit => new(ExitCodes.Refused, audit.Message),
        UnauthorizedAccessException or IOException => new(ExitCodes.CannotCreate, exception.Message),
        _ => new(ExitCodes.Software, $"a fault of its own, please report it: {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}"),
    };

    private static int CodeOf(UnixSocketFault fault) => fault switch
    {
        UnixSocketFault.InvalidAddress => ExitCodes.Usage,
        UnixSocketFault.InUse => ExitCodes.AlreadyRunning,
        UnixSocketFault.Refused => ExitCodes.Refused,
        _ => ExitCodes.CannotCreate,
    };
}
