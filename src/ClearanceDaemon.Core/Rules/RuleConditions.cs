using System.Text;
using ClearanceDaemon.Core.Rules.Matchers;

namespace ClearanceDaemon.Core.Rules;

/// <summary>All that must hold for one rule to match an ask. A condition that is not set holds for every ask.</summary>
internal sealed class RuleConditions
{
    public required IReadOnlyList<ActionPattern> Actions { get; init; }

    public ValueMatcher? Resource { get; init; }

    public ArgvMatcher? Argv { get; init; }

    public IReadOnlyList<DetailMatcher> Details { get; init; } = [];

    public ValueMatcher? Via { get; init; }

    public ExeMatcher? Exe { get; init; }

    public ValueMatcher? Unit { get; init; }

    public bool UsesObserved => Exe is not null || Unit is not null;

    public bool MatchesAction(ReadOnlySpan<byte> action)
    {
        for (var i = 0; i < Actions.Count; i++)
        {
            if (Actions[i].Matches(action))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether everything but the action and the observed facts holds: the part that costs no system call.</summary>
    public bool MatchesMembers(AskMembers ask)
    {
        if ((Resource is not null && !Matches(Resource, ask, AskMember.Resource)) ||
            (Via is not null && !Matches(Via, ask, AskMember.Via)) ||
            (Argv is not null && !Argv.Matches(ask)))
        {
            return false;
        }

        for (var i = 0; i < Details.Count; i++)
        {
            if (!Details[i].Matches(ask))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether the observed facts hold for a rule that decides <paramref name="decision"/>. A fact that is unknown or
    /// has changed must neither dodge a deny or ask rule nor satisfy an allow.
    /// </summary>
    public bool MatchesObserved(Decision decision, ObservedPeer observed, Func<string, (ulong Device, ulong Inode)?> identity) =>
        !UsesObserved ||
        (observed.State != ObservedState.Known
            ? decision != Decision.Allow
            : (Exe is null || Exe.Matches(observed, identity)) && (Unit is null || MatchesUnit(observed.Unit)));

    /// <summary>All conditions as text, the same for rules that match the same asks in the same words, whatever their order.</summary>
    public string Describe()
    {
        var actions = string.Join(',', Actions.Select(static a => a.Describe()).Order(StringComparer.Ordinal));
        var details = string.Join(',', Details.Select(static d => d.Describe()).Order(StringComparer.Ordinal));
        return $"action {actions} resource {Resource?.Describe()} argv {Argv?.Describe()} details {details} " +
            $"via {Via?.Describe()} exe {Exe?.Describe()} unit {Unit?.Describe()}";
    }

    public bool MatchesUnit(string? unit) => unit is not null && Unit!.Matches(Encoding.UTF8.GetBytes(unit));

    private static bool Matches(ValueMatcher matcher, AskMembers ask, AskMember member) => ask.Has(member) && matcher.Matches(ask[member]);
}
