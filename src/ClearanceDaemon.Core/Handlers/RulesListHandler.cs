using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>rules.list</c>: the rules in force, a page at a time, as they stand in their files.</summary>
internal sealed class RulesListHandler(RulesInForce rules)
    : RequestHandler<RulesListParams, RulesListResult>(
        MethodNames.RulesList, CallerRoles.Operator, ProtocolJson.Default.RulesListParams, ProtocolJson.Default.RulesListResult)
{
    protected override async ValueTask<Answer<RulesListResult>> HandleAsync(RulesListParams parameters, Caller caller, CancellationToken aborted)
    {
        if (parameters.After is < 0)
        {
            return new RpcError(RpcErrorCode.InvalidParams, "after is the next of the page before") { Member = "after" };
        }

        // Writing out a page of big rules is not work for the reactor's thread.
        return await Task.Run(() => List(parameters.After ?? 0), aborted);
    }

    private RulesListResult List(int start)
    {
        var set = rules.Current;
        var page = set.Rules.Skip(start).Take(ProtocolLimits.PageItems).Select(Describe).ToArray();
        return new()
        {
            State = RuleStates.Name(rules.State),
            Sha256 = set.Sha256,
            Rules = page,
            Problems = RuleStates.Problems(rules.Status.Problems.Take(ProtocolLimits.PageItems)),
            Next = start + page.Length < set.Count ? start + page.Length : null,
        };
    }

    private static RuleItem Describe(Rule rule) => new()
    {
        Id = rule.Id,
        Decision = RuleStates.Name(rule.Decision),
        Action = string.Join(' ', rule.Conditions.Actions.Select(static action => action.Text)),
        File = rule.File,
        Line = rule.Line,
        Source = rule.Source,
    };
}
