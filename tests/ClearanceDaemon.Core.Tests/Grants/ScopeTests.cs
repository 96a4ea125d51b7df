using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Tests.Rules;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.Grants;

/// <summary>Which scopes are true to their labels, and which a rule lets pass.</summary>
public sealed class ScopeTests
{
    public static TheoryData<int, int?, int?, string?> Shapes => new()
    {
        { (int)GrantScopes.Once, null, null, null },
        { (int)GrantScopes.For, 60, null, null },
        { (int)GrantScopes.For, 366 * 86_400, null, null },
        { (int)GrantScopes.For, (366 * 86_400) + 1, null, "scope for has a duration such as 2h, more than 0 and at most 366d" },
        { (int)GrantScopes.For, 0, null, "scope for has a duration such as 2h, more than 0 and at most 366d" },
        { (int)GrantScopes.For, null, null, "scope for has a duration such as 2h, more than 0 and at most 366d" },
        { (int)GrantScopes.For, 60, 1, "only scope uses has uses" },
        { (int)GrantScopes.UntilExit, null, null, null },
        { (int)GrantScopes.UntilExit, 60, null, "only scope for has a duration" },
        { (int)GrantScopes.Uses, null, 1, null },
        { (int)GrantScopes.Uses, null, ProtocolLimits.GrantUses, null },
        { (int)GrantScopes.Uses, null, ProtocolLimits.GrantUses + 1, "scope uses has uses, 1 to 1000000" },
        { (int)GrantScopes.Uses, null, 0, "scope uses has uses, 1 to 1000000" },
        { (int)GrantScopes.Uses, null, null, "scope uses has uses, 1 to 1000000" },
        { (int)GrantScopes.Uses, 60, 1, "only scope for has a duration" },
        { (int)GrantScopes.Always, null, null, null },
        { (int)GrantScopes.Always, null, 3, "only scope uses has uses" },
        { (int)GrantScopes.None, null, null, "scope is once, for, until-exit, uses or always" },
        { (int)(GrantScopes.Once | GrantScopes.Always), null, null, "scope is once, for, until-exit, uses or always" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Each_kind_has_what_belongs_to_it_and_nothing_else(int kind, int? seconds, int? uses, string? fault)
    {
        var scope = new GrantScope((GrantScopes)kind, seconds is { } duration ? TimeSpan.FromSeconds(duration) : null, uses);
        Assert.Equal(fault, scope.Fault(null));
    }

    [Theory]
    [InlineData("for", 7200, null)]
    [InlineData("for", 7201, "rule prod lets a verdict stand for 2h at most")]
    [InlineData("once", null, null)]
    [InlineData("uses", null, "rule prod offers once, for, always and not uses")]
    [InlineData("always", null, "rule prod lets a verdict stand for 2h at most; choose for")]
    public void A_rule_bounds_what_a_person_may_choose(string kind, int? seconds, string? fault)
    {
        var rule = Some.Set("""{"id":"prod","action":"a","decision":"ask","scopes":["once","for","always"],"ceiling":"2h"}""").Rules[0];
        var known = GrantScope.KindOf(kind);
        var scope = new GrantScope(known, seconds is { } duration ? TimeSpan.FromSeconds(duration) : null, known == GrantScopes.Uses ? 3 : null);
        Assert.Equal(fault, scope.Fault(rule));
    }

    [Theory]
    [InlineData("once")]
    [InlineData("for")]
    [InlineData("until-exit")]
    [InlineData("uses")]
    [InlineData("always")]
    public void Names_are_the_protocols(string name) => Assert.Equal(name, new GrantScope(GrantScope.KindOf(name), null, null).Name);

    [Theory]
    [InlineData("Once")]
    [InlineData("")]
    [InlineData("forever")]
    [InlineData(null)]
    public void No_other_word_is_a_kind(string? name) => Assert.Equal(GrantScopes.None, GrantScope.KindOf(name));

    [Theory]
    [InlineData((int)GrantScopes.Once, false)]
    [InlineData((int)GrantScopes.UntilExit, false)]
    [InlineData((int)GrantScopes.Always, true)]
    [InlineData((int)GrantScopes.For, false)]
    public void What_makes_no_grant_is_never_made(int kind, bool withProcess)
    {
        using var world = new World();
        var ask = World.Deploy();
        var match = GrantMatch.TryBind(ask, null, out _)!;
        Assert.Throws<ArgumentException>(() => world.Grants.Make(
            default, ask, match, GrantVerdict.Allow, new((GrantScopes)kind, null, null), null, withProcess ? new ProcessRef(1, 1) : null, 1));
    }
}
