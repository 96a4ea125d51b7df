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
    // Each switch writes the whole file: of two at one time the later write would undo the other.
    private Task _last = Task.CompletedTask;
    private bool _isBehind;

    /// <summary>What is wrong with the file: nothing is on then.</summary>
    public string? Problem => registry.Switches.Problem;

    /// <summary>The file.</summary>
    public string File => file.Path;

    /// <summary>Puts in force what the file says. Once, first of all.</summary>
    public Task LoadAsync() => registry.TakeAsync(file.Read());

    /// <summary>Null once the handler is as it was wanted, else what failed.</summary>
    public async Task<string?> SwitchAsync(string name, bool on, Asker by)
    {
        if (Problem is not null)
        {
            return on ? Problem : null;
        }

        var (before, mine) = (_last, new TaskCompletionSource());
        _last = mine.Task;
        try
        {
            var isTurned = !on && await TurnOffAsync(name, by);
            await before;

            // What was being switched on before this came is off now too.
            isTurned |= !on && await TurnOffAsync(name, by);
            return isTurned || registry.IsOn(name) != on || _isBehind ? await KeepAsync(name, on, by) : null;
        }
        finally
        {
            mine.SetResult();
        }
    }

    private async Task<bool> TurnOffAsync(string name, Asker by)
    {
        if (!registry.IsOn(name))
        {
            return false;
        }

        journal.Switching(name, on: false, by.Pid);
        await registry.TakeAsync(registry.Switches.With(name, on: false));
        return true;
    }

    private async Task<string?> KeepAsync(string name, bool on, Asker by)
    {
        if (on)
        {
            journal.Switching(name, on, by.Pid);
        }

        var recorded = await audit.Durable();
        if (!recorded && on)
        {
            return "the audit log cannot be written; see: clearance status";
        }

        var next = registry.Switches.With(name, on);
        if (await Task.Run(() => file.Write(next)) is { } failed)
        {
            _isBehind |= !on;
            return on ? failed : $"it is off, but would be on again after a restart: {failed}";
        }

        _isBehind = false;
        if (on)
        {
            await registry.TakeAsync(registry.Switches.With(name, on));
        }

        journal.Tell(name, on ? HandlerState.Ok : HandlerState.Disabled);
        return recorded ? null : "it is off, but that could not be put on record; see: clearance status";
    }
}
