using System.Text;
using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Tests.Rules;

namespace ClearanceDaemon.Core.Tests.Grants;

/// <summary>Which grant answers which ask.</summary>
public sealed class BookTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_grant_answers_the_same_ask_again_and_says_which_it_is()
    {
        var grant = _world.Add(World.Deploy(), GrantScopes.Always);
        Assert.Same(grant, _world.Find(World.Deploy()).Fits);
        Assert.Null(_world.Find(World.Deploy()).Changed);
        Assert.Equal($"grant:{grant.Id}", Encoding.ASCII.GetString(grant.By));
    }

    [Theory]
    [InlineData("codex", 1000u)]
    [InlineData("", 1000u)]
    [InlineData("claude2", 1000u)]
    [InlineData("claude", 1001u)]
    [InlineData("claude", 0u)]
    public void B75_another_socket_or_another_user_asks_again(string via, uint uid)
    {
        _world.Add(World.Deploy(), GrantScopes.Always);
        _world.Add(World.Deploy(), GrantScopes.Always, bind: ["action"]);
        var other = World.Deploy();
        other.Set(AskMember.Via, Encoding.UTF8.GetBytes(via));
        other.Uid = uid;
        Assert.Equal(default, _world.Find(other));
        _world.Restart();
        Assert.Equal(default, _world.Find(other));
        Assert.True(_world.IsAnswered(World.Deploy()));
    }

    [Fact]
    public void B57_another_action_asks_again_even_one_that_begins_alike()
    {
        _world.Add(World.Deploy(), GrantScopes.Always, bind: ["action"]);
        foreach (var action in new[] { "deploy", "deploy.production.x", "deploy.productio", "deploy.staging" })
        {
            Assert.Equal(default, _world.Find(Some.Ask(action, "shop", via: World.Via)));
        }
    }

    [Fact]
    public void B57_the_asker_hears_what_made_it_ask_again()
    {
        _world.Add(World.Deploy("web1"), GrantScopes.Always);
        Assert.Equal(["details.host"], _world.Find(World.Deploy("web2")).Changed!);
        Assert.Null(_world.Find(World.Deploy("web2")).Fits);
    }

    [Fact]
    public void The_nearest_grant_tells_what_changed_and_of_equals_the_newest()
    {
        _world.Add(Some.Ask("a", "x", via: World.Via, details: [("p", 1), ("q", 1)]), GrantScopes.Always);
        _world.Add(Some.Ask("a", "y", via: World.Via, details: [("p", 2), ("q", 1)]), GrantScopes.Always);
        _world.Add(Some.Ask("a", "z", via: World.Via, details: [("p", 2), ("q", 2)]), GrantScopes.Always);
        Assert.Equal(["details.q"], _world.Find(Some.Ask("a", "x", via: World.Via, details: [("p", 1), ("q", 2)])).Changed!);
        Assert.Equal(["resource"], _world.Find(Some.Ask("a", "w", via: World.Via, details: [("p", 2), ("q", 1)])).Changed!);
        Assert.Equal(["resource", "details.q"], _world.Find(Some.Ask("a", "w", via: World.Via, details: [("p", 2), ("q", 7)])).Changed!);
        _world.Add(Some.Ask("b", "x", via: World.Via), GrantScopes.Always, bind: ["action", "resource"]);
        _world.Add(Some.Ask("b", "any", via: World.Via, details: [("p", 2)]), GrantScopes.Always, bind: ["action", "details.p"]);
        Assert.Equal(["details.p"], _world.Find(Some.Ask("b", "y", via: World.Via)).Changed!);
    }

    [Fact]
    public void A_denial_beats_an_allowance_whichever_came_first()
    {
        var broad = _world.Add(World.Deploy(), GrantScopes.Always, verdict: GrantVerdict.Deny, bind: ["action", "details.host"]);
        _world.Add(World.Deploy(), GrantScopes.Always);
        Assert.Same(broad, _world.Find(World.Deploy()).Fits);
        _world.Add(World.Deploy("web2"), GrantScopes.Always);
        var late = _world.Add(World.Deploy("web2"), GrantScopes.For, TimeSpan.FromHours(1), verdict: GrantVerdict.Deny);
        Assert.Same(late, _world.Find(World.Deploy("web2")).Fits);
        _world.Pass(TimeSpan.FromHours(1));
        Assert.Equal(GrantVerdict.Allow, _world.Find(World.Deploy("web2")).Fits!.Verdict);
    }

    [Fact]
    public void A_grant_until_the_exit_of_a_process_is_for_that_process()
    {
        var grant = _world.Add(World.Deploy(), GrantScopes.UntilExit);
        Assert.Same(grant, _world.Find(World.Deploy(), isPrincipal: true).Fits);
        Assert.Equal(default, _world.Find(World.Deploy(), isPrincipal: false));
        _world.Loop.Do(() =>
        {
            _world.Grants.OnExited(grant);
            _world.Grants.OnExited(grant);
            return 0;
        });
        Assert.False(_world.IsAnswered(World.Deploy()));
        Assert.Equal([(grant.Id, GrantEnds.Exited)], _world.Ended);
        _world.Settle();
        Assert.Empty(_world.OnDisk());
    }

    [Fact]
    public void Who_the_principal_is_is_asked_only_where_it_matters()
    {
        _world.Add(World.Deploy(), GrantScopes.Always);
        _world.Add(World.Deploy("web2"), GrantScopes.UntilExit);
        Assert.NotNull(_world.Book.Find(World.Deploy(), null, static _ => throw new InvalidOperationException("asked")).Fits);
        Assert.Throws<InvalidOperationException>(() => _world.Book.Find(World.Deploy("web2"), null, static _ => throw new InvalidOperationException("asked")));
    }

    [Theory]
    [InlineData("once, for, until-exit, uses, always", true)]
    [InlineData("always", true)]
    [InlineData("once, for", false)]
    public void A_scope_that_the_rule_offers_no_more_gives_nothing(string scopes, bool isAnswered)
    {
        _world.Add(World.Deploy(), GrantScopes.Always);
        var rule = Rule($"\"scopes\":[{string.Join(',', scopes.Split(", ").Select(static scope => $"\"{scope}\""))}]");
        var answer = _world.Find(World.Deploy(), rule);
        Assert.Equal(isAnswered, answer.Fits is not null);
        Assert.Null(answer.Changed);
    }

    [Fact]
    public void A_ceiling_that_came_later_cuts_a_grant_at_its_age()
    {
        _world.Add(World.Deploy(), GrantScopes.For, TimeSpan.FromHours(8));
        _world.Add(World.Deploy("web2"), GrantScopes.Always);
        _world.Add(World.Deploy("web3"), GrantScopes.Uses, uses: 3);
        var rule = Rule("\"ceiling\":\"2h\"");
        Assert.NotNull(_world.Find(World.Deploy(), rule).Fits);
        Assert.Null(_world.Find(World.Deploy("web2"), rule).Fits);
        Assert.Null(_world.Find(World.Deploy("web3"), rule).Fits);
        _world.Pass(TimeSpan.FromHours(2) - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(_world.Find(World.Deploy(), rule).Fits);
        _world.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Null(_world.Find(World.Deploy(), rule).Fits);
        Assert.NotNull(_world.Find(World.Deploy(), null).Fits);
    }

    [Fact]
    public void A_ceiling_ends_what_nothing_else_has_ended()
    {
        var rule = Rule("\"ceiling\":\"2h\"");
        var uses = _world.Add(World.Deploy(), GrantScopes.Uses, uses: 3, rule: rule);
        var process = _world.Add(World.Deploy("web2"), GrantScopes.UntilExit, rule: rule);
        Assert.Equal(World.Noon.AddHours(2), uses.ExpiresWall);
        Assert.NotNull(_world.Find(World.Deploy(), rule).Fits);
        Assert.NotNull(_world.Find(World.Deploy("web2"), rule).Fits);
        _world.Pass(TimeSpan.FromHours(2));
        Assert.False(_world.IsAnswered(World.Deploy()) || _world.IsAnswered(World.Deploy("web2")));
        Assert.Equal([(uses.Id, GrantEnds.Expired), (process.Id, GrantEnds.Expired)], _world.Ended);
    }

    [Fact]
    public void Pages_are_in_the_order_of_the_decisions_and_lose_nothing()
    {
        var late = _world.Make(World.Deploy("late"), GrantScopes.Always);
        for (var i = 0; i < 25; i++)
        {
            _world.Add(World.Deploy($"web{i % 7}"), GrantScopes.Always);
        }

        Assert.Null(_world.Loop.Run(() => _world.Grants.AddAsync(late)));
        var seen = new List<long>();
        for (Grant[] page; (page = _world.Book.Page(seen.LastOrDefault(), 10)).Length > 0;)
        {
            Assert.True(page.Length <= 10);
            seen.AddRange(page.Select(static grant => grant.DecidedSeq));
        }

        Assert.Equal(Enumerable.Range(1, 26).Select(static seq => (long)seq), seen);
        Assert.Equal(26, _world.Book.Count);
        Assert.Same(late, _world.Book.Find(late.Id));
    }

    [Fact]
    public void An_ask_without_grants_allocates_nothing()
    {
        _world.Add(World.Deploy(), GrantScopes.Always);
        var ask = Some.Ask("net.connect", "api.github.com:443", via: World.Via);
        var before = 0L;
        for (var i = 0; i < 1100; i++)
        {
            before = i == 1000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            Assert.Null(_world.Book.Find(ask, null, static _ => true).Fits);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_long_name_of_a_socket_is_a_name_like_any_other()
    {
        var ask = World.Deploy();
        ask.Set(AskMember.Via, Encoding.UTF8.GetBytes(new string('v', 3000)));
        Assert.False(_world.IsAnswered(ask));
        _world.Add(ask, GrantScopes.Always);
        Assert.True(_world.IsAnswered(ask));
        Assert.False(_world.IsAnswered(World.Deploy()));
    }

    private static Rule Rule(string members) =>
        Some.Set("{\"id\":\"prod\",\"action\":\"deploy.*\",\"decision\":\"ask\"," + members + "}").Rules[0];
}
