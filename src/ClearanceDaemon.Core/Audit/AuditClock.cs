using System.Globalization;

namespace ClearanceDaemon.Core.Audit;

/// <summary>The wall clock as records show it, read once per turn of the reactor.</summary>
internal sealed class AuditClock
{
    private readonly TimeProvider _time;
    private readonly byte[] _text = new byte[AuditLine.TimeBytes];
    private long _milliseconds = -1;

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
        var now = _time.GetUtcNow().UtcDateTime;
        var milliseconds = now.Ticks / TimeSpan.TicksPerMillisecond;
        if (milliseconds != _milliseconds)
        {
            _milliseconds = milliseconds;
            (Year, Month) = (now.Year, now.Month);
            now.TryFormat(_text, out _, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        }
    }
}
