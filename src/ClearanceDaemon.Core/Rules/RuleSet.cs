using ClearanceDaemon.Core.Rules.Indexing;

namespace ClearanceDaemon.Core.Rules;

/// <summary>
/// All rules in force, immutable: answers an ask. Deny beats ask beats allow, among equals the smallest id is named, and
/// the order of rules and files never matters. What no rule matches is an ask with the defaults.
/// </summary>
internal sealed class RuleSet
{
    public static readonly RuleSet Empty = new([], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    private static readonly Func<string, (ulong Device, ulong Inode)?> NoFiles = static _ => null;
    private readonly Rule[] _rules;
    private readonly RuleIndex _index;
    private readonly Func<string, (ulong Device, ulong Inode)?> _identity;

    /// <param name="rules">In any order; their ids must differ. Their ranks are set.</param>
    /// <param name="sha256">See <see cref="Sha256"/>.</param>
    /// <param name="identity">The device and inode of a file by its path, null when there is none; only called off the reactor.</param>
    public RuleSet(IEnumerable<Rule> rules, string sha256, Func<string, (ulong Device, ulong Inode)?>? identity = null)
    {
        _rules = [.. rules];
        Array.Sort(_rules, Rule.ComparePrecedence);
        for (var i = 0; i < _rules.Length; i++)
        {
            _rules[i].Rank = i;
        }

        UsesObserved = Array.Exists(_rules, static rule => rule.UsesObserved);
        Sha256 = sha256;
        _identity = identity ?? NoFiles;
        _index = new(_rules);
    }

    public int Count => _rules.Length;

    /// <summary>True when some rule looks at a peer's program or unit.</summary>
    public bool UsesObserved { get; }

    /// <summary>
    /// SHA-256, in hex, over the bytes of the rule files in use, one after the other in the ordinal order of their
    /// paths: what <c>cat FILES | sha256sum</c> says.
    /// </summary>
    public string Sha256 { get; }

    /// <summary>In order of precedence.</summary>
    public IReadOnlyList<Rule> Rules => _rules;

    /// <summary>
    /// The answer as far as it can be had without system calls or allocation. When it <see cref="RuleVerdict.NeedsObserved"/>,
    /// a rule on observed facts could change it: the caller reads them off the reactor and asks again with them.
    /// </summary>
    public RuleVerdict Decide(AskMembers ask) => Search(ask, null);

    /// <summary>The whole answer. May look at files; not for the reactor.</summary>
    public RuleVerdict Decide(AskMembers ask, ObservedPeer observed) => Search(ask, observed);

    /// <summary>Why the answer is what it is. Looks at every rule and may look at files; not for the reactor.</summary>
    public Explanation Explain(AskMembers ask, ObservedPeer? observed) => new Explainer(ask, observed, _identity).Explain(Search(ask, observed), _rules);

    private RuleVerdict Search(AskMembers ask, ObservedPeer? observed)
    {
        var search = new RuleSearch(ask, observed, _identity);
        _index.Search(ref search);
        return search.Verdict;
    }
}
