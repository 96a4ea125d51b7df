using Microsoft.Extensions.Logging;

namespace ClearanceDaemon.HandlersMode;

/// <summary>What the handlers process logs. The ids go on from the daemon's (LogEvents), and none is used again for something else.</summary>
internal static partial class HandlersLog
{
    [LoggerMessage(70, LogLevel.Information, "clearanced {Version} runs handlers for who connects to {Socket}")]
    public static partial void Serving(ILogger log, string version, string socket);

    [LoggerMessage(71, LogLevel.Information, "stopping: {Reason}")]
    public static partial void Stopping(ILogger log, string reason);

    [LoggerMessage(72, LogLevel.Warning, "{Count} processes were still there when the time to stop was up")]
    public static partial void GaveUp(ILogger log, int count);

    [LoggerMessage(73, LogLevel.Warning, "refused a connection from uid {Uid} (pid {Pid}): {Reason}")]
    public static partial void Refused(ILogger log, string uid, string pid, string reason);

    [LoggerMessage(74, LogLevel.Information, "handler {Name}: {Line}")]
    public static partial void Stderr(ILogger log, string name, string line);

    [LoggerMessage(75, LogLevel.Debug, "handler {Name}: started, pid {Pid}")]
    public static partial void Started(ILogger log, string name, int pid);

    [LoggerMessage(76, LogLevel.Debug, "handler {Name}: {Message}")]
    public static partial void Failed(ILogger log, string name, string message);

    [LoggerMessage(77, LogLevel.Error, "a piece of work failed and was ended")]
    public static partial void Fault(ILogger log, Exception fault);
}
