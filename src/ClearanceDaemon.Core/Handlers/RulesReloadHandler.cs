using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Rules.Loading;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>rules.reload</c>: reads the rules again and tells what came of it.</summary>
internal sealed class RulesReloadHandler(RuleReloader reloader, RuleStore rules)
    : RequestHandler<NoParams, RulesReloadResult>(
        MethodNames.RulesReload, CallerRoles.Operator, ProtocolJson.Default.NoParams, ProtocolJson.Default.RulesReloadResult)
{
    protected override async ValueTask<Answer<RulesReloadResult>> HandleAsync(NoParams parameters, Caller caller, CancellationToken aborted)
    {
        var load = await reloader.ReloadAsync("asked by an operator");
        return new RulesReloadResult
        {
            State = RuleStates.Name(rules.State),
            Count = rules.Current.Count,
            Sha256 = rules.Current.Sha256,
            Problems = RuleStates.Problems(load.Problems.Take(ProtocolLimits.PageItems)),
        };
    }
}
