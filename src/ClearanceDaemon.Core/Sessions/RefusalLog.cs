using System.Globalization;
using System.Text;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Time;
using Microsoft.Extensions.Logging;

namespace ClearanceDaemon.Core.Sessions;

/// <summary>
/// Puts refused callers on record: the first of a kind at once, its repeats as one record with their number a minute
/// later, so that a caller that knocks all day fills neither the audit nor the journal.
/// </summary>
internal sealed class RefusalLog(AuditLog audit, TurnTimers timers, ILogger<RefusalLog> log) : IRefusals
{
    /// <summary>Kinds told apart at one time; further ones share a record, so that the table is bounded.</summary>
    private const int Kinds = 256;

    private static readonly TimeSpan Fold = TimeSpan.FromMinutes(1);
    private readonly Dictionary<(string Via, uint? Uid, string Reason), long> _repeats = [];

    public void OnRefused(string via, uint? uid, int? pid, string reason)
    {
        (string Via, uint? Uid, string Reason) kind = (via, uid, reason);
        if (_repeats.Count >= Kinds && !_repeats.ContainsKey(kind))
        {
            kind = (via, null, "many others");
        }

        if (_repeats.TryGetValue(kind, out var repeats))
        {
            _repeats[kind] = repeats + 1;
            return;
        }

        _repeats.Add(kind, 0);
        Write(kind, 1, pid);
        timers.Schedule(Fold, () => EndFold(kind));
    }

    private void EndFold((string Via, uint? Uid, string Reason) kind)
    {
        if (_repeats.Remove(kind, out var repeats) && repeats > 0)
        {
            Write(kind, repeats, null);
        }
    }

    private void Write((string Via, uint? Uid, string Reason) kind, long count, int? pid)
    {
        var record = audit.Begin("refused"u8).Text("via"u8, Encoding.UTF8.GetBytes(kind.Via));
        if (kind.Uid is { } uid)
        {
            record.Number("uid"u8, uid);
        }

        if (pid is { } process)
        {
            record.Number("pid"u8, process);
        }

        record.Text("reason"u8, Encoding.UTF8.GetBytes(kind.Reason)).Number("count"u8, count).End();
        LogEvents.Refused(
            log, count, kind.Via, kind.Uid?.ToString(CultureInfo.InvariantCulture) ?? "unknown", pid?.ToString(CultureInfo.InvariantCulture) ?? "unknown", kind.Reason);
    }
}
