using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Protocol;
using UnixPeers;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>Writes what was seen of a principal's process, as <c>PrincipalFacts</c> of the protocol.</summary>
internal static class PrincipalJson
{
    public static void Write(Principal principal, LineBuffer json)
    {
        var seen = principal.Observed;
        json.Raw("{\"state\":"u8);
        PendingJson.Text(json, StateOf(seen));
        json.Raw(",\"principal\":"u8);
        PendingJson.Text(json, principal.Kind);
        if (principal.Pid is { } pid)
        {
            json.Raw(",\"pid\":"u8);
            json.Number(pid);
        }

        PendingJson.Optional(json, ",\"exe\":"u8, seen?.ExecutablePath);
        PendingJson.Optional(json, ",\"command\":"u8, seen?.CommandName);
        PendingJson.Optional(json, ",\"unit\":"u8, seen?.Unit);
        PendingJson.Optional(json, ",\"container\":"u8, principal.Container);
        PendingJson.Optional(json, ",\"started\":"u8, seen?.StartTime is { } ticks ? PendingJson.Time(StartedAt(ticks)) : null);
        json.Raw((byte)'}');
    }

    // proc_pid_stat(5), starttime: clock ticks since boot, of which there are a hundred a second on every Linux.
    private static DateTimeOffset StartedAt(ulong ticks) =>
        TimeProvider.System.GetUtcNow() - BootClock.System.Now + TimeSpan.FromMilliseconds(ticks * 10.0);

    private static string StateOf(ObservedProcess? seen) => seen?.State switch
    {
        ObservedState.Known => "known",
        ObservedState.Changed => "changed",
        ObservedState.Gone => "gone",
        _ => "unknown",
    };
}
