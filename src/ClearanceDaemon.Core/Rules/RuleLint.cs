using System.Text;
using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.Rules.Indexing;

namespace ClearanceDaemon.Core.Rules;

/// <summary>Finds rules that load but cannot be meant. It says only what is sure.</summary>
internal static class RuleLint
{
    public static IEnumerable<DocumentProblem> Find(RuleSet set)
    {
        var bare = new RuleIndex([.. set.Rules.Where(static r => IsBare(r.Conditions))]);
        var first = new Dictionary<string, Rule>(StringComparer.Ordinal);
        foreach (var rule in set.Rules)
        {
            if (rule.Decision == Decision.Allow && rule.UsesObserved && rule.Conditions.Via is null)
            {
                yield return Warn(rule, "this allow rests on exe or unit alone, which are observed, not proof: any program of the user can make itself look so; add \"via\" to bind it to a socket");
            }

            // Rules come in order of precedence, so whoever was first with the same conditions wins wherever this one matches.
            var same = first.GetValueOrDefault(rule.Conditions.Describe());
            first.TryAdd(rule.Conditions.Describe(), rule);
            if ((same ?? FindBare(rule, bare)) is { } stronger)
            {
                yield return Warn(rule, $"rule {stronger.Id} ({stronger.File}:{stronger.Line}) matches all that this rule does and comes before it, so this rule never decides; remove one of them");
            }
        }
    }

    private static DocumentProblem Warn(Rule rule, string message) =>
        new(rule.File, rule.Line, rule.Origin.Column, DocumentSeverity.Warning, $"{rule.Id}: {message}");

    private static bool IsBare(RuleConditions conditions) =>
        conditions is { Resource: null, Argv: null, Details.Count: 0, Via: null, UsesObserved: false };

    // A rule without conditions but its action covers every exact action it matches.
    private static Rule? FindBare(Rule rule, RuleIndex bare)
    {
        Rule? found = null;
        foreach (var pattern in rule.Conditions.Actions)
        {
            var ask = new AskMembers();
            ask.Set(AskMember.Action, Encoding.ASCII.GetBytes(pattern.Text));
            var search = new RuleSearch(ask, null, static _ => null);
            bare.Search(ref search);
            if (!pattern.IsExact || search.Verdict.Rule is not { } stronger || stronger.Rank >= rule.Rank)
            {
                return null;
            }

            found = stronger;
        }

        return found;
    }
}
