using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary>How the rules' inner words are spelled on the wire.</summary>
internal static class RuleStates
{
    public static string Name(RuleStoreState state) => state switch
    {
        RuleStoreState.Ok => RulesState.Ok,
        RuleStoreState.Stale => RulesState.Stale,
        _ => RulesState.Bad,
    };

    public static string Name(Decision decision) => decision switch
    {
        Decision.Allow => RuleDecision.Allow,
        Decision.Deny => RuleDecision.Deny,
        _ => RuleDecision.Ask,
    };

    public static Protocol.Methods.RuleProblem[] Problems(IEnumerable<Documents.DocumentProblem> problems) =>
        [.. problems.Select(static problem => new Protocol.Methods.RuleProblem
        {
            File = problem.File, Line = problem.Line, Column = problem.Column, Message = problem.Message,
        })];
}
