using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Tests.Rules;

namespace ClearanceDaemon.Core.Tests.Grants;

/// <summary>What a person may bind a grant to, and what a refusal says.</summary>
public sealed class BindTests
{
    private static AskMembers Full()
    {
        var ask = Some.Ask("shell.exec", "/srv", ["ls", "-l"], World.Via, ("host", "web1"), ("port", 22), ("tty", true));
        ask.Set(AskMember.Project, "/home/me/app"u8);
        ask.Set(AskMember.As, "parent"u8);
        ask.Set(AskMember.Title, "List"u8);
        ask.Set(AskMember.Reason, "to see"u8);
        return ask;
    }

    [Fact]
    public void Nothing_named_binds_everything()
    {
        var match = GrantMatch.TryBind(Full(), null, out var fault)!;
        Assert.Null(fault);
        Assert.True(match.Fits(Full()));
        Assert.Equal(GrantMembers.Texts.Length, match.Texts.Count);
        Assert.True(match.WholeDetails);
        Assert.Equal(2, match.Bound.ArgvCount);
    }

    [Fact]
    public void Only_what_is_named_counts()
    {
        var match = GrantMatch.TryBind(Full(), ["action", "argv", "details.host"], out _)!;
        var ask = Some.Ask("shell.exec", "/elsewhere", ["ls", "-l"], World.Via, ("port", 23), ("host", "web1"));
        Assert.True(match.Fits(ask));
        Assert.Empty(match.Differences(ask));
        Assert.Equal(["details.host"], match.Differences(Some.Ask("shell.exec", "/srv", ["ls", "-l"], World.Via, ("host", "web2"))));
    }

    [Fact]
    public void What_was_absent_must_be_absent_again()
    {
        var match = GrantMatch.TryBind(Some.Ask("a", via: World.Via), ["action", "resource", "details", "project"], out _)!;
        Assert.True(match.Fits(Some.Ask("a", via: World.Via)));
        Assert.Equal(["resource"], match.Differences(Some.Ask("a", "", via: World.Via)));
        Assert.Equal(["details.x"], match.Differences(Some.Ask("a", via: World.Via, details: [("x", 1)])));
    }

    [Fact]
    public void An_empty_list_is_not_an_absent_one()
    {
        var absent = Some.Ask("a");
        var empty = Some.Ask("a", argv: []);
        empty.HasDetails = true;
        Assert.Equal(["argv", "details"], GrantMatch.TryBind(absent, null, out _)!.Differences(empty));
        Assert.Equal(["argv", "details"], GrantMatch.TryBind(empty, null, out _)!.Differences(absent));
    }

    [Theory]
    [InlineData("resource,argv", "action is always bound; add it")]
    [InlineData("", "action is always bound; add it")]
    [InlineData("action", "the ask has a command line, which is granted whole or not at all; add argv")]
    [InlineData("action,argv,argv", "argv is there twice")]
    [InlineData("action,argv,details.host,details.host", "details.host is there twice")]
    [InlineData("action,argv,details.hosts", "the ask has no details.hosts; bind details to let none come")]
    [InlineData("action,argv,details.", "the ask has no details.; bind details to let none come")]
    [InlineData("action,argv,details,details.host", "details is bound as a whole or by single names, not both")]
    [InlineData("action,argv,details.host,details", "details is bound as a whole or by single names, not both")]
    [InlineData("action,argv,via", "an ask has no member via; a grant is bound to action, resource, details, details.NAME, argv, project, as, title or reason")]
    [InlineData("action,argv,Details", "an ask has no member Details; a grant is bound to action, resource, details, details.NAME, argv, project, as, title or reason")]
    public void What_cannot_be_bound_is_refused_with_the_reason(string bind, string expected)
    {
        Assert.Null(GrantMatch.TryBind(Full(), bind.Length == 0 ? [] : bind.Split(','), out var fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void A_refusal_does_not_repeat_what_moves_a_cursor()
    {
        Assert.Null(GrantMatch.TryBind(Full(), ["action", "argv", "\u001b[2J\u202e" + new string('x', 500)], out var fault));
        Assert.DoesNotContain('\u001b', fault!);
        Assert.DoesNotContain('\u202e', fault!);
        Assert.True(fault!.Length < 300, fault);
    }

    [Fact]
    public void The_match_keeps_nothing_of_a_request_that_is_refilled()
    {
        var ask = Full();
        var match = GrantMatch.TryBind(ask, null, out _)!;
        ask.Clear();
        ask.Set(AskMember.Action, "net.connect"u8);
        Assert.True(match.Fits(Full()));
    }

    [Fact]
    public void Details_count_by_name_not_by_place()
    {
        var match = GrantMatch.TryBind(Some.Ask("a", details: [("x", "1"), ("y", true), ("z", 3)]), null, out _)!;
        Assert.True(match.Fits(Some.Ask("a", details: [("z", 3), ("x", "1"), ("y", true)])));
        Assert.Equal(["details.y", "details.x"], Order(match.Differences(Some.Ask("a", details: [("z", 3), ("x", 1), ("y", 1)]))));
    }

    private static IEnumerable<string> Order(IReadOnlyList<string> names) => names.OrderDescending(StringComparer.Ordinal);
}
