using System.Runtime.InteropServices;

namespace ClearanceDaemon.Core.Rules.Indexing;

/// <summary>
/// One decision in the making: the candidates the index offers are tried in order of precedence and the strongest that
/// matches is kept. Without observed facts, rules that need them are kept apart as open questions.
/// </summary>
internal struct RuleSearch(AskMembers ask, ObservedPeer? observed, Func<string, (ulong Device, ulong Inode)?> identity)
{
    private Rule? _best;
    private Rule? _open;

    public readonly AskMembers Ask => ask;

    public readonly RuleVerdict Verdict =>
        new(_best?.Decision ?? Decision.Ask, _best, _open is not null && (_best is null || _open.Rank < _best.Rank));

    /// <param name="candidates">In order of precedence, all with a matching action.</param>
    public void Try(List<Rule> candidates)
    {
        foreach (var rule in CollectionsMarshal.AsSpan(candidates))
        {
            if (_best is not null && rule.Rank >= _best.Rank)
            {
                return;
            }

            if (!rule.Conditions.MatchesMembers(ask))
            {
                continue;
            }

            if (rule.UsesObserved && observed is null)
            {
                _open = _open is null || rule.Rank < _open.Rank ? rule : _open;
                continue;
            }

            if (observed is null || rule.Conditions.MatchesObserved(rule.Decision, observed, identity))
            {
                _best = rule;
                return;
            }
        }
    }
}
