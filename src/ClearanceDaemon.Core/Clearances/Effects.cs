using System.Text;
using System.Text.Json;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Events;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// Has verdicts carried out by the handlers that want them: after the verdict is on disk, because what is done cannot be
/// taken back. Success and failure are on record and told to everyone who watches. For the reactor's thread.
/// </summary>
internal sealed class Effects(IEffectHandlers handlers, AuditLog audit, EventHub hub, Func<bool> isLockedDown, TimeProvider clock)
{
    private static readonly HandlerFailure LockedDown = new() { Why = HandlerFault.Unavailable, Message = "everything was locked down before it was done" };
    private readonly HashSet<Task> _running = [];

    /// <summary>Told of each verdict that could not be carried out.</summary>
    public Action<GivenVerdict, EffectFailure>? Failed { get; set; }

    /// <summary>Told of each verdict that was carried out by everyone who wanted it.</summary>
    public Action<GivenVerdict>? Done { get; set; }

    /// <summary>Complete when nothing is being carried out.</summary>
    public Task Idle => Task.WhenAll(_running);

    public bool Wants(AskMembers ask, VerdictOutcome outcome) =>
        outcome is VerdictOutcome.Allowed or VerdictOutcome.Denied && handlers.Wants(ask);

    /// <summary>Begins to carry a verdict out; its record has been made.</summary>
    public void CarryOut(GivenVerdict given)
    {
        var task = CarryOutAsync(given);
        if (!task.IsCompleted)
        {
            _running.Add(task);
            _ = ForgetAsync(task);
        }
    }

    private async Task ForgetAsync(Task task)
    {
        try
        {
            await task;
        }
        finally
        {
            _running.Remove(task);
        }
    }

    private async Task CarryOutAsync(GivenVerdict given)
    {
        if (!await audit.Durable())
        {
            // Whoever asked was told that there is no verdict.
            return;
        }

        var failures = await Task.WhenAll(handlers.For(given.Ask).Select(handler => CarryOutAsync(handler, given)));
        if (failures.FirstOrDefault(static failure => failure is not null) is { } failed)
        {
            Failed?.Invoke(given, failed);
        }
        else
        {
            Done?.Invoke(given);
        }
    }

    private async Task<EffectFailure?> CarryOutAsync(string handler, GivenVerdict given)
    {
        // A yes that is on its way when everything is locked down does not arrive.
        var failure = given.Verdict.Outcome == VerdictOutcome.Allowed && isLockedDown()
            ? LockedDown
            : await handlers.CarryOutAsync(handler, given.Ask, given.Digest, given.Verdict, given.Asker.Credentials);
        Record(handler, given.Verdict, failure);
        Tell(handler, given.Verdict, failure);
        return failure is null
            ? null
            : new(handler, given.Verdict.Outcome, given.Verdict.By, clock.GetUtcNow(), given.FailedBefore + 1, failure);
    }

    private void Record(string handler, in Verdict verdict, HandlerFailure? failure)
    {
        var record = audit.Begin("effect"u8)
            .Text("id"u8, Encoding.ASCII.GetBytes(verdict.Id.ToString()))
            .Text("handler"u8, Encoding.ASCII.GetBytes(handler))
            .Text("outcome"u8, verdict.Outcome.Name());
        if (failure is not null)
        {
            record.Text("failed"u8, Encoding.UTF8.GetBytes(failure.Why)).Text("because"u8, Encoding.UTF8.GetBytes(failure.Message));
        }

        record.End();
    }

    private void Tell(string handler, in Verdict verdict, HandlerFailure? failure)
    {
        var data = hub.Begin(failure is null ? "effect_done"u8 : "effect_failed"u8, verdict.Id);
        data.Raw(JsonSerializer.SerializeToUtf8Bytes(
            new() { Handler = handler, Outcome = Encoding.ASCII.GetString(verdict.Outcome.Name()), Failure = failure }, ProtocolJson.Default.EffectEvent));
        hub.End();
    }
}
