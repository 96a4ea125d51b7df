using System.Text;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Events;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;
using Microsoft.Extensions.Logging;

namespace ClearanceDaemon.Core.External;

/// <summary>Tells log, record and watchers what becomes of handlers. For the reactor's thread.</summary>
internal sealed class HandlerJournal(AuditLog audit, EventHub hub, ILogger log)
{
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreachable = new(StringComparer.Ordinal);

    /// <summary>A request to a handler was answered, or failed. A handler that breaks, or works again, is news to everyone.</summary>
    public void Answered(string name, string state, HandlerFailure? failure)
    {
        var isUnreachable = failure?.Why == HandlerFault.Unavailable;
        if (!isUnreachable)
        {
            _unreachable.Remove(name);
        }

        // Once, or whoever calls while there is no handlers process would fill the log.
        if (failure is not null && (!isUnreachable || _unreachable.Add(name)))
        {
            LogEvents.HandlerFailed(log, name, failure.Why, DisplayText.Clean(failure.Message).Text);
        }

        if (state == HandlerState.Broken ? _broken.Add(name) : failure is null && _broken.Remove(name))
        {
            Tell(name, state);
        }
    }

    /// <summary>There is no such handler any more.</summary>
    public void Forget(string name)
    {
        _broken.Remove(name);
        _unreachable.Remove(name);
    }

    /// <summary>Puts on record that somebody switches a handler on or off.</summary>
    public void Switching(string name, bool on, int? pid)
    {
        var record = audit.Begin("handler"u8).Text("handler"u8, Encoding.UTF8.GetBytes(name)).Text("switched"u8, on ? "on"u8 : "off"u8);
        if (pid is { } decider)
        {
            record.Number("decider"u8, decider);
        }

        record.End();
    }

    public void Tell(string name, string state)
    {
        var data = hub.Begin("handler"u8);
        data.Raw("{\"name\":"u8);
        data.String(Encoding.UTF8.GetBytes(name));
        data.Raw(",\"state\":"u8);
        data.String(Encoding.UTF8.GetBytes(state));
        data.Raw((byte)'}');
        hub.End();
    }
}
