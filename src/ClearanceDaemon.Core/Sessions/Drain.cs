using ClearanceDaemon.Core.Time;
using Microsoft.Extensions.Logging;

namespace ClearanceDaemon.Core.Sessions;

/// <summary>The end of serving: sessions that owe nothing are closed, the others have a bounded time to finish. For the reactor's thread.</summary>
internal sealed class Drain(Admission admission, TurnTimers timers, TimeSpan time, ILogger log)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _reason = "";

    /// <summary>Completes when every session is closed.</summary>
    public Task Done => _done.Task;

    public void Begin(string reason)
    {
        LogEvents.Stopping(log, reason);
        _reason = reason;
        admission.IsDraining = true;
        admission.Progressed = CheckDone;
        timers.Schedule(time, GiveUp);
        foreach (var session in admission.Sessions.ToArray())
        {
            session.Finish(reason);
        }

        CheckDone();
    }

    /// <summary>Nobody will finish anything any more.</summary>
    public void Abandon() => _done.TrySetResult();

    private void GiveUp()
    {
        var owing = admission.Sessions.Where(static session => session.HasInFlight).ToArray();
        if (owing.Length > 0)
        {
            LogEvents.GaveUp(log, owing.Sum(static session => session.InFlight));
        }

        foreach (var session in owing)
        {
            session.GiveUp(_reason);
        }

        // One turn sends what was just written; then the reactor closes everything.
        timers.Schedule(TimeSpan.Zero, Abandon);
    }

    private void CheckDone()
    {
        if (admission.Sessions.Count == 0)
        {
            _done.TrySetResult();
        }
    }
}
