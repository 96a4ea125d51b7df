using System.Text;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Events;
using ClearanceDaemon.Core.Rules;
using Microsoft.Extensions.Logging;

namespace ClearanceDaemon.Core.Handlers;

/// <summary>
/// The rules that answer asks. A set that was loaded comes into force once the audit says so on disk: no verdict rests on
/// rules that are not on record. For the reactor's thread.
/// </summary>
internal sealed class RulesInForce(AuditLog audit, EventHub hub, ILogger log)
{
    private RuleStoreStatus? _noted;
    private RuleStoreStatus? _wanted;

    /// <summary>What asks are answered from, and what is known of its files.</summary>
    public RuleStoreStatus Status { get; private set; } = RuleStoreStatus.Initial;

    public RuleSet Current => Status.Set;

    public RuleStoreState State => Status.State;

    /// <summary>Takes what was loaded; unless nothing changed it is put on record and then in force.</summary>
    public void Take(RuleStoreStatus loaded)
    {
        if (_wanted is null && IsSame(loaded, Status))
        {
            return;
        }

        _wanted = loaded;
        Note();
    }

    /// <summary>Told after each commit whether the records before it were written.</summary>
    public void OnCommit(bool written)
    {
        var noted = _noted;
        _noted = null;
        if (noted is not null && written)
        {
            Status = noted;
            _wanted = ReferenceEquals(_wanted, noted) ? null : _wanted;
            Log();
            Tell();
        }
        else if (_wanted is not null && audit.Available)
        {
            // The record was lost with a failed write; the log is written again.
            Note();
        }
    }

    private static bool IsSame(RuleStoreStatus x, RuleStoreStatus y) =>
        x.State == y.State && x.Set.Sha256 == y.Set.Sha256 && x.Problems.SequenceEqual(y.Problems);

    private void Note()
    {
        _noted = _wanted!;
        audit.Begin("rules"u8)
            .Text("state"u8, Encoding.UTF8.GetBytes(RuleStates.Name(_noted.State)))
            .Number("count"u8, _noted.Set.Count)
            .Text("sha256"u8, Encoding.UTF8.GetBytes(_noted.Set.Sha256))
            .Number("problems"u8, _noted.Problems.Count)
            .End();
    }

    private void Tell()
    {
        var data = hub.Begin("rules"u8);
        data.Raw("{\"state\":"u8);
        data.String(Encoding.UTF8.GetBytes(RuleStates.Name(Status.State)));
        data.Raw(",\"count\":"u8);
        data.Number(Status.Set.Count);
        data.Raw(",\"sha256\":"u8);
        data.String(Encoding.UTF8.GetBytes(Status.Set.Sha256));
        data.Raw((byte)'}');
        hub.End();
    }

    private void Log()
    {
        foreach (var problem in Status.Problems)
        {
            LogEvents.RuleProblem(log, problem.File, problem.Line, problem.Column, problem.Message);
        }

        switch (Status.State)
        {
            case RuleStoreState.Ok:
                LogEvents.RulesLoaded(log, Status.Set.Count, Status.Set.Sha256);
                break;
            case RuleStoreState.Stale:
                LogEvents.RulesNotLoaded(log, "the last good set stays in force");
                break;
            default:
                LogEvents.RulesNotLoaded(log, "every ask is answered 'unavailable' until they are mended");
                break;
        }
    }
}
