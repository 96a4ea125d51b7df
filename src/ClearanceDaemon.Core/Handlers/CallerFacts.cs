using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;

namespace ClearanceDaemon.Core.Handlers;

/// <summary>The caller of a request as the desk knows callers.</summary>
internal static class CallerFacts
{
    /// <summary>Pins the caller's process: for the reactor's thread, before the first await.</summary>
    public static Asker AsAsker(this RequestContext request) =>
        new(request.Caller, request.Id.ToArray(), request.Caller.Credentials, request.Caller.Process);
}
