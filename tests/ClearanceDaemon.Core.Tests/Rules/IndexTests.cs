using ClearanceDaemon.Core.Rules;

namespace ClearanceDaemon.Core.Tests.Rules;

/// <summary>The index against looking at every rule, over random rules and asks.</summary>
public sealed class IndexTests
{
    private static readonly string[] Actions = ["a", "a.b", "a.b.c", "b", "b.c", "a.c", "*", "a.*", "*.b", "a.**", "**", "*.*", "a.*.c", "*.b.**"];

    private static readonly string[] Resources =
    [
        "\"h.org:443\"", "\"/srv/a\"", "{\"oneOf\":[\"h.org:443\",\"/srv\",\"x\"]}", "{\"glob\":\"*.org:*\"}", "{\"glob\":\"/srv/*\"}",
        "{\"host\":\"h.org\"}", "{\"host\":\"h.org\",\"port\":443}", "{\"host\":\"*.h.org\"}", "{\"host\":\"*.org\",\"port\":\"1-100\"}", "{\"host\":\"*.w.h.org\"}",
        "{\"cidr\":\"10.0.0.0/8\"}", "{\"host\":\"10.0.0.1\"}", "{\"under\":\"/\"}", "{\"under\":\"/srv\"}", "{\"under\":\"/srv/a/b\"}",
    ];

    private static readonly string?[] Asked =
    [
        null, "h.org:443", "H.ORG.:80", "w.h.org:80", "v.w.h.org", "10.0.0.1:22", "[::ffff:10.0.0.1]:1", "/srv", "/srv/a", "/srv/a/b/c", "/srv//a", "/", "/etc", "x", "", ":", "org",
    ];

    private static readonly string[] Argvs = ["[\"git\",{\"rest\":true}]", "[\"git\",\"log\"]", "{\"any\":\"log\"}", "[{\"glob\":\"g*\"},{\"rest\":true}]", "[]"];
    private static readonly string[] Observed = ["\"exe\":\"/bin/1\"", "\"exe\":\"/bin/2\"", "\"unit\":\"u\""];
    private static readonly string[] Decisions = ["ask", "allow", "deny"];
    private static readonly string[] AskedActions = ["a", "a.b", "a.b.c", "a.c", "b", "b.c", "c", "a.b.c.d"];
    private static readonly string[]?[] AskedArgvs = [null, [], ["git"], ["git", "log"], ["gitk", "log"]];
    private static readonly ObservedPeer[] Peers = [ObservedPeer.Unknown, new(ObservedState.Known, 0, 1, null), new(ObservedState.Known, 0, 2, "u"), new(ObservedState.Changed, 0, 1, "u")];

    [Fact]
    public void Says_what_looking_at_every_rule_says()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var rules = DrawRules(random);
            var set = Some.Set(string.Join(',', rules), Identity);
            for (var i = 0; i < 60; i++)
            {
                var ask = DrawAsk(random);
                var peer = Pick(random, Peers);
                Assert.True(Naive(set.Rules, ask, peer) == set.Decide(ask, peer), $"seed {seed}: {ask} {peer}: {string.Join(",\n", rules)}");
                Assert.True(NaiveWithoutFacts(set.Rules, ask) == set.Decide(ask), $"seed {seed}: {ask}: {string.Join(",\n", rules)}");
            }
        }
    }

    [Fact]
    public void The_order_of_rules_never_matters()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 100; round++)
        {
            var rules = DrawRules(random);
            var set = Some.Set(string.Join(',', rules), Identity);
            random.Shuffle(rules);
            var shuffled = Some.Set(string.Join(',', rules), Identity);
            for (var i = 0; i < 50; i++)
            {
                var ask = DrawAsk(random);
                var peer = Pick(random, Peers);
                Assert.True(set.Decide(ask).Says() == shuffled.Decide(ask).Says(), $"seed {seed}");
                Assert.True(set.Decide(ask, peer).Says() == shuffled.Decide(ask, peer).Says(), $"seed {seed}");
            }
        }
    }

    [Fact]
    public void A_matching_deny_always_wins()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var set = Some.Set(string.Join(',', DrawRules(random)), Identity);
            for (var i = 0; i < 50; i++)
            {
                var ask = DrawAsk(random);
                var peer = Pick(random, Peers);
                var denied = set.Explain(ask, peer).TookPart.Any(static r => r.Decision == Decision.Deny);
                Assert.True(denied == (set.Decide(ask, peer).Decision == Decision.Deny), $"seed {seed}");
            }
        }
    }

    [Fact]
    public void An_explanation_agrees_with_the_decision()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 100; round++)
        {
            var set = Some.Set(string.Join(',', DrawRules(random)), Identity);
            for (var i = 0; i < 50; i++)
            {
                var ask = DrawAsk(random);
                var peer = Pick(random, Peers);
                var explanation = set.Explain(ask, peer);
                Assert.True((explanation.TookPart is [var first, ..] ? first.Id : null) == set.Decide(ask, peer).Rule?.Id, $"seed {seed}");
                Assert.True(explanation.Verdict == set.Decide(ask, peer), $"seed {seed}");
            }
        }
    }

    [Fact]
    public void Deciding_allocates_nothing()
    {
        var set = Some.Set(string.Join(',', DrawRules(new Random(7), 200)), Identity);
        var random = new Random(8);
        var asks = Enumerable.Range(0, 200).Select(_ => DrawAsk(random)).ToArray();
        DecideAll(set, asks);
        var before = GC.GetAllocatedBytesForCurrentThread();
        DecideAll(set, asks);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("\"action\":\"net.N\"", "net.77777", null)]
    [InlineData("\"action\":\"net\",\"resource\":\"hN.org:443\"", "net", "h77777.org:443")]
    [InlineData("\"action\":\"net\",\"resource\":{\"host\":\"hN.org\"}", "net", "h77777.org:443")]
    [InlineData("\"action\":\"net\",\"resource\":{\"host\":\"*.hN.org\"}", "net", "a.b.h77777.org:443")]
    [InlineData("\"action\":\"net\",\"resource\":{\"under\":\"/srv/N\"}", "net", "/srv/77777/x")]
    public void Of_many_rules_only_a_few_are_looked_at(string condition, string action, string? resource)
    {
        var set = Some.Set(string.Join(',', Enumerable.Range(0, 100_000).Select(i =>
            "{\"id\":\"r" + i + "\",\"decision\":\"allow\"," + condition.Replace("N", $"{i}", StringComparison.Ordinal) + "}")));
        Assert.Equal(100_000, set.Count);
        Assert.Equal("Allow r77777", set.Decide(Some.Ask(action, resource)).Says());
        Assert.Equal("Ask -", set.Decide(Some.Ask(action + "x", resource)).Says());
    }

    private static void DecideAll(RuleSet set, AskMembers[] asks)
    {
        foreach (var ask in asks)
        {
            set.Decide(ask);
        }
    }

    private static (ulong, ulong)? Identity(string path) => path == "/bin/1" ? (0, 1) : path == "/bin/2" ? (0, 2) : null;

    private static RuleVerdict Naive(IReadOnlyList<Rule> rules, AskMembers ask, ObservedPeer peer)
    {
        var matching = Matching(rules, ask).Where(r => r.Conditions.MatchesObserved(r.Decision, peer, Identity)).ToList();
        return Strongest(matching, needsObserved: false);
    }

    private static RuleVerdict NaiveWithoutFacts(IReadOnlyList<Rule> rules, AskMembers ask)
    {
        var candidates = Matching(rules, ask).ToList();
        var best = Strongest([.. candidates.Where(static r => !r.UsesObserved)], needsObserved: false);
        var withAll = Strongest(candidates, needsObserved: false);
        return best with { NeedsObserved = withAll.Rule != best.Rule };
    }

    private static IEnumerable<Rule> Matching(IReadOnlyList<Rule> rules, AskMembers ask) =>
        rules.Where(r => r.Conditions.MatchesAction(ask.Action) && r.Conditions.MatchesMembers(ask));

    private static RuleVerdict Strongest(List<Rule> matching, bool needsObserved)
    {
        foreach (var decision in new[] { Decision.Deny, Decision.Ask, Decision.Allow })
        {
            if (matching.Where(r => r.Decision == decision).MinBy(static r => r.Id, StringComparer.Ordinal) is { } rule)
            {
                return new(decision, rule, needsObserved);
            }
        }

        return new(Decision.Ask, null, needsObserved);
    }

    private static string[] DrawRules(Random random, int max = 25) => [.. Enumerable.Range(0, random.Next(1, max)).Select(i => DrawRule(random, i))];

    private static string DrawRule(Random random, int number)
    {
        var action = random.Next(5) == 0 ? $"[\"{Pick(random, Actions)}\",\"{Pick(random, Actions)}\"]" : $"\"{Pick(random, Actions)}\"";
        var rule = $"{{\"id\":\"{random.Next(10_000)}-{number}\",\"action\":{action},\"decision\":\"{Pick(random, Decisions)}\"";
        rule += random.Next(4) == 0 ? "" : $",\"resource\":{Pick(random, Resources)}";
        rule += random.Next(4) != 0 ? "" : $",\"argv\":{Pick(random, Argvs)}";
        rule += random.Next(6) != 0 ? "" : $",{Pick(random, Observed)}";
        rule += random.Next(8) != 0 ? "" : ",\"via\":\"claude\"";
        rule += random.Next(8) != 0 ? "" : ",\"details\":{\"n\":1}";
        return rule + "}";
    }

    private static AskMembers DrawAsk(Random random) => Some.Ask(
        Pick(random, AskedActions),
        Pick(random, Asked),
        Pick(random, AskedArgvs),
        random.Next(2) == 0 ? "claude" : null,
        random.Next(2) == 0 ? [("n", 1)] : []);

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];
}
