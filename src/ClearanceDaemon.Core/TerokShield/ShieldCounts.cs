using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Protocol;
using Microsoft.Extensions.Logging;

namespace ClearanceDaemon.Core.TerokShield;

/// <summary>
/// Counts lines by what became of them, and warns: of an unknown kind once, of other dropped lines at once and then, with
/// their number, once a minute. For the reactor's thread.
/// </summary>
internal sealed class ShieldCounts(TurnTimers timers, ILogger log)
{
    public const string Lines = "lines";
    private const string OtherKinds = "unknown:other";
    private static readonly TimeSpan Fold = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal) { [Lines] = 0 };
    private readonly Dictionary<string, long> _repeats = new(StringComparer.Ordinal);
    private int _unknownKinds;

    /// <summary>All that was counted so far, by name.</summary>
    public Dictionary<string, long> ReadAll() => new(_counts, StringComparer.Ordinal);

    public void Add(string name, long count = 1) => _counts[name] = _counts.GetValueOrDefault(name) + count;

    /// <summary>A line, or a connection, that nothing came of.</summary>
    /// <param name="name">The counter; from a fixed set.</param>
    /// <param name="what">For people: what was dropped, and why.</param>
    public void Drop(string name, string what)
    {
        Add(name);
        if (_repeats.TryGetValue(name, out var repeats))
        {
            _repeats[name] = repeats + 1;
            return;
        }

        _repeats.Add(name, 0);
        LogEvents.ShieldDropped(log, 1, what);
        timers.Schedule(Fold, () => EndFold(name, what));
    }

    /// <summary>A line of a kind that nothing is known of: a newer terok-shield may say more than this daemon understands.</summary>
    public void Unknown(string kind, int? pid)
    {
        var cleaned = DisplayText.Clean(kind, ShieldLimits.KindColumns);
        var shown = cleaned.Cut ? cleaned.Text + "..." : cleaned.Text;
        var name = $"unknown:{shown}";
        if (!_counts.ContainsKey(name) && ++_unknownKinds > ShieldLimits.UnknownKinds)
        {
            (name, _unknownKinds) = (OtherKinds, ShieldLimits.UnknownKinds);
        }

        if (!_counts.ContainsKey(name))
        {
            LogEvents.ShieldUnknown(log, shown, pid ?? 0, name);
        }

        Add(name);
    }

    private void EndFold(string name, string what)
    {
        if (_repeats.Remove(name, out var repeats) && repeats > 0)
        {
            LogEvents.ShieldDropped(log, repeats, what);
        }
    }
}
