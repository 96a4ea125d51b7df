using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;

namespace ClearanceDaemon.Core.Handlers;

/// <summary>The caller of an operator's method as the desk knows callers.</summary>
internal static class OperatorFacts
{
    /// <summary>Pins the caller's process: for the reactor's thread, before the first await.</summary>
    public static Asker Operator(this RequestContext request) =>
        new(request.Caller, request.Id.ToArray(), request.Caller.Credentials, request.Caller.Process);
}
