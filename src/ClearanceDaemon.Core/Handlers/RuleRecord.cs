using System.Text;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Rules;
using Microsoft.Extensions.Logging;

namespace ClearanceDaemon.Core.Handlers;

/// <summary>Puts on record, and in the log, which rules are in force after a load that changed something. For the reactor's thread.</summary>
internal sealed class RuleRecord(AuditLog audit, ILogger<RuleRecord> log)
{
    private RuleStoreStatus? _noted;

    /// <summary>Puts a load on record unless it changed nothing; true when it did.</summary>
    public bool Note(RuleStoreStatus status)
    {
        if (status.State == _noted?.State && status.Set.Sha256 == _noted.Set.Sha256 && status.Problems.SequenceEqual(_noted.Problems))
        {
            return false;
        }

        _noted = status;
        audit.Begin("rules"u8)
            .Text("state"u8, Encoding.UTF8.GetBytes(RuleStates.Name(status.State)))
            .Number("count"u8, status.Set.Count)
            .Text("sha256"u8, Encoding.UTF8.GetBytes(status.Set.Sha256))
            .Number("problems"u8, status.Problems.Count)
            .End();
        return true;
    }

    public void Log(RuleStoreStatus status)
    {
        foreach (var problem in status.Problems)
        {
            LogEvents.RuleProblem(log, problem.File, problem.Line, problem.Column, problem.Message);
        }

        switch (status.State)
        {
            case RuleStoreState.Ok:
                LogEvents.RulesLoaded(log, status.Set.Count, status.Set.Sha256);
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
