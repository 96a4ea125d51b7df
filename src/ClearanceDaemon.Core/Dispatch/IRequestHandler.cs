namespace ClearanceDaemon.Core.Dispatch;

/// <summary>
/// Answers the requests of one method. Called on the reactor's thread, so nothing slow before the first await: a handler
/// that completes at once is answered in the same turn; one that awaits is resumed on the reactor's thread. It answers by
/// exactly one of <see cref="RequestContext.Succeed{T}"/> and <see cref="RequestContext.Fail"/>; throwing, or returning
/// without an answer, is answered <c>internal</c> and logged. Registered with <c>services.AddRequestHandler&lt;T&gt;()</c>.
/// </summary>
public interface IRequestHandler
{
    /// <summary>The method's full name, such as <c>clearance.ping</c>. Unique in a host.</summary>
    string Method { get; }

    /// <summary>On which sockets the method exists.</summary>
    CallerRoles Callers { get; }

    /// <summary>Handles one request. Owns <paramref name="request"/> until the returned task is complete.</summary>
    ValueTask HandleAsync(RequestContext request);
}
