using System.Text;
using ClearanceDaemon.Core.Rules.Matchers;

namespace ClearanceDaemon.Core.Rules;

/// <summary>Goes through all rules for one ask and says which took part and what the near misses lacked.</summary>
internal sealed class Explainer(AskMembers ask, ObservedPeer? observed, Func<string, (ulong Device, ulong Inode)?> identity)
{
    private readonly List<(string Member, string Matcher, string Why)> _failures = [];

    public Explanation Explain(RuleVerdict verdict, IReadOnlyList<Rule> rules)
    {
        var tookPart = new List<Rule>();
        var misses = new List<NearMiss>();
        foreach (var rule in rules)
        {
            if (!rule.Conditions.MatchesAction(ask.Action))
            {
                continue;
            }

            FindFailures(rule);
            if (_failures.Count == 0)
            {
                tookPart.Add(rule);
                continue;
            }

            var (member, matcher, why) = _failures[0];
            misses.Add(new(rule, member, matcher, why, _failures.Count));
        }

        var nearest = misses.OrderBy(static m => m.Failures).Take(RuleLimits.NearMisses).ToList();
        return new(verdict, tookPart, nearest, misses.Count - nearest.Count);
    }

    private static string Quote(ReadOnlySpan<byte> text) => JsonQuote.Of(text);

    private void FindFailures(Rule rule)
    {
        _failures.Clear();
        var conditions = rule.Conditions;
        CheckText("resource", conditions.Resource, AskMember.Resource);
        if (conditions.Argv is { } argv && !argv.Matches(ask))
        {
            _failures.Add(("argv", argv.Describe(), ask.HasArgv ? "the ask's argv is " + DescribeArgv() : "the ask has no argv"));
        }

        foreach (var detail in conditions.Details)
        {
            if (!detail.Matches(ask))
            {
                _failures.Add(("details", detail.Describe(), DescribeDetail(detail)));
            }
        }

        CheckText("via", conditions.Via, AskMember.Via);
        if (observed is not null && !conditions.MatchesObserved(rule.Decision, observed, identity))
        {
            CheckObserved(conditions, observed);
        }
    }

    private void CheckText(string member, ValueMatcher? matcher, AskMember value)
    {
        if (matcher is not null && !(ask.Has(value) && matcher.Matches(ask[value])))
        {
            _failures.Add((member, matcher.Describe(), ask.Has(value) ? $"the ask's {member} is {Quote(ask[value])}" : $"the ask has no {member}"));
        }
    }

    private void CheckObserved(RuleConditions conditions, ObservedPeer peer)
    {
        var doubt = peer.State switch
        {
            ObservedState.Unknown => "it is not known of the asker, and what is unknown allows nothing",
            ObservedState.Changed => "the asker's program has changed since it connected, and that allows nothing",
            _ => null,
        };
        if (conditions.Exe is { } exe && (doubt is not null || !exe.Matches(peer, identity)))
        {
            _failures.Add(("exe", exe.Describe(), doubt ?? "the asker runs another file (device and inode differ)"));
        }

        if (conditions.Unit is { } unit && (doubt is not null || !conditions.MatchesUnit(peer.Unit)))
        {
            _failures.Add(("unit", unit.Describe(), doubt ?? (peer.Unit is null ? "the asker is in no unit" : $"the asker's unit is {JsonQuote.Of(peer.Unit)}")));
        }
    }

    private string DescribeArgv()
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < ask.ArgvCount; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(Quote(ask.Argv(i)));
        }

        return text.Append(']').ToString();
    }

    private string DescribeDetail(DetailMatcher detail)
    {
        for (var i = 0; i < ask.DetailCount; i++)
        {
            if (ask.DetailName(i).SequenceEqual(detail.Name))
            {
                return $"the ask's {Encoding.UTF8.GetString(detail.Name)} is " + ask.DetailKind(i) switch
                {
                    DetailKind.String => Quote(ask.DetailText(i)),
                    DetailKind.Bool => ask.DetailNumber(i) == 0 ? "false" : "true",
                    _ => $"{ask.DetailNumber(i)}",
                };
            }
        }

        return $"the ask has no detail {Encoding.UTF8.GetString(detail.Name)}";
    }
}
