using System.Text;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>rules.explain</c>: what the rules would say to an ask, and which matcher failed in those that almost spoke.</summary>
internal sealed class RulesExplainHandler(RulesInForce rules) : IRequestHandler
{
    private readonly AskReader _reader = new();

    public string Method => MethodNames.RulesExplain;

    public CallerRoles Callers => CallerRoles.Operator;

    public async ValueTask HandleAsync(RequestContext request)
    {
        var ask = new AskMembers();
        if (_reader.Read(request.Params, ask, withVia: true, out _) is { } fault)
        {
            request.Fail(RpcErrorCode.InvalidParams, fault.Message, fault.Member);
            return;
        }

        ask.Set(AskMember.Via, _reader.Via is { } via ? Encoding.UTF8.GetBytes(via) : "ask"u8);
        ask.Uid = request.Caller.Credentials.Uid;
        var set = rules.Current;
        var explanation = await Task.Run(() => set.Explain(ask, null));
        request.Succeed(Describe(explanation), ProtocolJson.Default.RulesExplainResult);
    }

    private static RulesExplainResult Describe(Explanation explanation)
    {
        var verdict = explanation.Verdict;
        return new()
        {
            Outcome = Encoding.UTF8.GetString(Undecided.Outcome(verdict).Name()),
            By = verdict.Rule is null ? "default" : "rule:" + verdict.Rule.Id,
            Reason = verdict.Rule?.Reason,
            Rule = verdict.Rule?.Id,
            Decision = RuleStates.Name(verdict.Decision),
            Rules = [.. explanation.TookPart.Take(ProtocolLimits.PageItems).Select(Describe)],
            NearMisses = [.. explanation.NearMisses.Select(Describe)],
        };
    }

    private static ExplainedRule Describe(Rule rule) => new()
    {
        Id = rule.Id,
        Decision = RuleStates.Name(rule.Decision),
        File = rule.File,
        Line = rule.Line,
    };

    private static Protocol.Methods.NearMiss Describe(Rules.NearMiss miss) => new()
    {
        Id = miss.Rule.Id,
        Decision = RuleStates.Name(miss.Rule.Decision),
        Failed = miss.Member,
        Matcher = miss.Matcher,
        Why = miss.Why,
    };
}
