using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.External.Manifests;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.External;

/// <summary>
/// Switches handlers on and off. Off counts at once; on only when it is on record and on disk. For the reactor's thread.
/// </summary>
internal sealed class HandlerSwitching(HandlerRegistry registry, HandlerSwitchesFile file, AuditLog audit, HandlerJournal journal)
{
    /// <summary>What is wrong with the file: nothing is on then.</summary>
    public string? Problem => registry.Switches.Problem;

    /// <summary>The file.</summary>
    public string File => file.Path;

    /// <summary>Puts in force what the file says. Once, first of all.</summary>
    public Task LoadAsync() => registry.TakeAsync(file.Read());

    /// <summary>Null once the handler is as it was wanted, else what failed.</summary>
    public async Task<string?> SwitchAsync(string name, bool on, Asker by)
    {
        if (registry.IsOn(name) == on)
        {
            return null;
        }

        if (Problem is not null)
        {
            return Problem;
        }

        journal.Switching(name, on, by.Pid);
        if (!on)
        {
            await registry.TakeAsync(Next());
        }

        var recorded = await audit.Durable();
        if (!recorded && on)
        {
            return "the audit log cannot be written; see: clearance status";
        }

        var next = Next();
        if (await Task.Run(() => file.Write(next)) is { } failed)
        {
            return on ? failed : $"it is off, but would be on again after a restart: {failed}";
        }

        if (on)
        {
            await registry.TakeAsync(Next());
        }

        journal.Tell(name, on ? HandlerState.Ok : HandlerState.Disabled);
        return recorded ? null : "it is off, but that could not be put on record; see: clearance status";

        HandlerSwitches Next() => registry.Switches.With(name, on);
    }
}
