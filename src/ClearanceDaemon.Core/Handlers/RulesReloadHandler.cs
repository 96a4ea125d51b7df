using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>rules.reload</c>: reads the rules again and tells what came of it.</summary>
internal sealed class RulesReloadHandler(RuleStore rules)
    : RequestHandler<NoParams, RulesReloadResult>(
        MethodNames.RulesReload, CallerRoles.Operator, ProtocolJson.Default.NoParams, ProtocolJson.Default.RulesReloadResult)
{
    protected override async ValueTask<Answer<RulesReloadResult>> HandleAsync(NoParams parameters, Caller caller, CancellationToken aborted)
    {
        // Parsing is slow work: not on the reactor's thread.
        var load = await Task.Run(rules.Load, aborted);
        return new RulesReloadResult
        {
            State = RuleStates.Name(rules.State),
            Count = rules.Current.Count,
            Sha256 = rules.Current.Sha256,
            Problems = RuleStates.Problems(load.Problems.Take(ProtocolLimits.PageItems)),
        };
    }
}
