using Microsoft.Extensions.Logging;

namespace ClearanceDaemon.Core;

/// <summary>Everything the daemon logs. An id is never used again for something else.</summary>
internal static partial class LogEvents
{
    [LoggerMessage(1, LogLevel.Information, "clearanced {Version} serves {Sockets}")]
    public static partial void Serving(ILogger log, string version, string sockets);

    [LoggerMessage(2, LogLevel.Information, "stopping: {Reason}")]
    public static partial void Stopping(ILogger log, string reason);

    [LoggerMessage(3, LogLevel.Warning, "{Count} requests were unanswered when the time to stop was up; they were answered 'unavailable'")]
    public static partial void GaveUp(ILogger log, int count);

    [LoggerMessage(4, LogLevel.Error, "serving nothing but 'unavailable': {Reason}")]
    public static partial void ServingUnavailable(ILogger log, string reason);

    [LoggerMessage(10, LogLevel.Warning, "refused {Count} connections on {Via} from uid {Uid} (pid {Pid}): {Reason}")]
    public static partial void Refused(ILogger log, long count, string via, string uid, string pid, string reason);

    [LoggerMessage(11, LogLevel.Error, "the handler of {Method} failed")]
    public static partial void HandlerFault(ILogger log, string method, Exception fault);

    [LoggerMessage(12, LogLevel.Critical, "the reactor failed")]
    public static partial void ReactorFault(ILogger log, Exception fault);

    [LoggerMessage(13, LogLevel.Error, "a connection, or one piece of work, failed and was ended")]
    public static partial void TurnFault(ILogger log, Exception fault);

    [LoggerMessage(20, LogLevel.Information, "{Count} rules loaded, sha256 {Sha256}")]
    public static partial void RulesLoaded(ILogger log, int count, string sha256);

    [LoggerMessage(21, LogLevel.Error, "{File}:{Line}:{Column}: {Message}")]
    public static partial void RuleProblem(ILogger log, string file, int line, int column, string message);

    [LoggerMessage(22, LogLevel.Error, "the rules have problems; {What}")]
    public static partial void RulesNotLoaded(ILogger log, string what);

    [LoggerMessage(30, LogLevel.Information, "audit anchor seq {Seq} sha256 {Sha256}")]
    public static partial void Anchor(ILogger log, long seq, string sha256);

    [LoggerMessage(31, LogLevel.Error, "the audit log cannot be written, asks are answered 'unavailable': {Error}")]
    public static partial void AuditFailed(ILogger log, string error);

    [LoggerMessage(32, LogLevel.Information, "the audit log is written again")]
    public static partial void AuditHealed(ILogger log);

    [LoggerMessage(60, LogLevel.Warning, "handler {Name} failed ({Why}): {Message}")]
    public static partial void HandlerFailed(ILogger log, string name, string why, string message);

    [LoggerMessage(61, LogLevel.Warning, "{Via}: an ask that was reported is not taken: {Why}")]
    public static partial void ReportRefused(ILogger log, string via, string why);

    [LoggerMessage(62, LogLevel.Error, "{Problem}")]
    public static partial void HandlersNotRead(ILogger log, string problem);

    [LoggerMessage(40, LogLevel.Warning, "{Warning}")]
    public static partial void Warning(ILogger log, string warning);

    [LoggerMessage(50, LogLevel.Error, "{Problem}")]
    public static partial void GrantsNotLoaded(ILogger log, string problem);

    [LoggerMessage(70, LogLevel.Information, "terok-shield's reports are heard at {Address}")]
    public static partial void ShieldDoorOpen(ILogger log, string address);

    [LoggerMessage(71, LogLevel.Warning, "terok-shield's reports are not heard: {Problem}")]
    public static partial void ShieldDoorShut(ILogger log, string problem);

    [LoggerMessage(72, LogLevel.Warning, "dropped {Count} lines of terok-shield: {Why}")]
    public static partial void ShieldDropped(ILogger log, long count, string why);

    [LoggerMessage(73, LogLevel.Warning, "dropped a line of terok-shield of the unknown kind '{Kind}' (pid {Pid}); further ones are only counted, as {Counter} in: clearance handlers list")]
    public static partial void ShieldUnknown(ILogger log, string kind, int pid, string counter);
}
