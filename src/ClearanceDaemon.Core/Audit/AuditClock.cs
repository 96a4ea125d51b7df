using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Audit;

/// <summary>The wall clock as records show it, read once per turn of the reactor.</summary>
internal sealed class AuditClock
{
    private readonly TimeProvider _time;
    private readonly byte[] _text = new byte[Timestamp.Bytes];
    private long _milliseconds = long.MinValue;

    public AuditClock(TimeProvider time)
    {
        _time = time;
        Tick();
    }

    /// <summary>RFC 3339, UTC, milliseconds: <c>2026-11-20T22:55:00.123Z</c>.</summary>
    public ReadOnlySpan<byte> Text => _text;

    public int Year { get; private set; }

    public int Month { get; private set; }

    public void Tick()
    {
        var now = _time.GetUtcNow();
        var milliseconds = now.ToUnixTimeMilliseconds();
        if (milliseconds != _milliseconds)
        {
            _milliseconds = milliseconds;
            (Year, Month) = (now.Year, now.Month);
            Timestamp.Write(milliseconds, _text);
        }
    }
}
