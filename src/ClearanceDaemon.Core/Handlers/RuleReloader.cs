using System.Text;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Rules.Loading;
using Microsoft.Extensions.Logging;

namespace ClearanceDaemon.Core.Handlers;

/// <summary>Reads the rules, at the start and again, and puts on record which set is in force. For the reactor's thread.</summary>
internal sealed class RuleReloader(RuleStore rules, AuditLog audit, ILogger<RuleReloader> log)
{
    public void LoadAtStart() => Note(rules.Load(), "start");

    /// <summary>Parsing is slow work: it happens elsewhere, and the result is noted back here.</summary>
    public async Task<RuleLoad> ReloadAsync(string why)
    {
        var load = await Task.Run(rules.Load);
        Note(load, why);
        return load;
    }

    private void Note(RuleLoad load, string why)
    {
        audit.Begin("rules"u8)
            .Text("state"u8, Encoding.UTF8.GetBytes(RuleStates.Name(rules.State)))
            .Text("why"u8, Encoding.UTF8.GetBytes(why))
            .Number("count"u8, rules.Current.Count)
            .Text("sha256"u8, Encoding.UTF8.GetBytes(rules.Current.Sha256))
            .Number("problems"u8, load.Problems.Count)
            .End();
        foreach (var problem in load.Problems)
        {
            LogEvents.RuleProblem(log, problem.File, problem.Line, problem.Column, problem.Message);
        }

        switch (rules.State)
        {
            case RuleStoreState.Ok:
                LogEvents.RulesLoaded(log, rules.Current.Count, rules.Current.Sha256);
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
