using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.External;

/// <summary>
/// Keeps a handler that fails from being called again and again: after a few failures in a row it rests, each time twice
/// as long up to a ceiling, and the first call after a rest goes alone. For the reactor's thread.
/// </summary>
internal sealed class Breaker(TimeProvider clock)
{
    /// <summary>Failures in a row that cost nothing: one late answer is no broken handler.</summary>
    public const int FreeFailures = 2;

    /// <summary>Failures in a row from which on the breaker counts as open, and the daemon as degraded.</summary>
    public const int BreaksAt = 5;

    /// <summary>The first rest.</summary>
    public static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);

    /// <summary>The longest rest: a handler that was mended is tried within this time.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    private int _inARow;
    private long _restStart;
    private TimeSpan _rest;
    private bool _isTrying;

    /// <summary>The last failure; null since the handler last answered.</summary>
    public HandlerFailure? LastFailure { get; private set; }

    public bool IsOpen => _inARow >= BreaksAt;

    /// <summary>How long nothing is tried; zero when a call may be made.</summary>
    public TimeSpan Rest
    {
        get
        {
            var left = _rest - clock.GetElapsedTime(_restStart);
            return _rest > TimeSpan.Zero && left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>One of <see cref="HandlerState"/>.</summary>
    public string State => IsOpen ? HandlerState.Broken : Rest > TimeSpan.Zero ? HandlerState.BackingOff : HandlerState.Ok;

    /// <summary>Null when a call may be made, which must then be told of; else how long to wait.</summary>
    public TimeSpan? TryEnter()
    {
        if (Rest is var rest && rest > TimeSpan.Zero)
        {
            return rest;
        }

        if (_inARow > FreeFailures)
        {
            if (_isTrying)
            {
                return FirstRest;
            }

            _isTrying = true;
        }

        return null;
    }

    /// <summary>The call was answered.</summary>
    public void Succeeded()
    {
        (_inARow, _rest, _isTrying) = (0, TimeSpan.Zero, false);
        LastFailure = null;
    }

    /// <summary>The call was neither answered nor the handler's fault: nothing is learnt.</summary>
    public void Neither() => _isTrying = false;

    public void Failed(HandlerFailure failure)
    {
        _isTrying = false;
        LastFailure = failure;
        if (++_inARow > FreeFailures)
        {
            var doublings = Math.Min(_inARow - FreeFailures - 1, 16);
            _rest = TimeSpan.FromTicks(Math.Min(FirstRest.Ticks << doublings, LongestRest.Ticks));
            _restStart = clock.GetTimestamp();
        }
    }
}
