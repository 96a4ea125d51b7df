using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>The real daemon, the real desktop notifier and a real notification server: a button answers the program that asked.</summary>
public sealed class NotificationTests : IDisposable
{
    private readonly TestHome _home;
    private readonly Daemon _daemon;
    private readonly Desktop _desktop;

    public NotificationTests()
    {
        Repository.RequireNative();
        _home = new TestHome();
        _home.WriteRules();
        _desktop = new Desktop(_home.Environment, _home.Root);
        _daemon = _home.Start();
    }

    public void Dispose()
    {
        _daemon?.Dispose();
        _desktop?.Dispose();
        _home?.Dispose();
    }

    [Theory]
    [InlineData("Allow once", 0)]
    [InlineData("Deny", 1)]
    public void A_button_answers_the_ask(string button, int exitCode)
    {
        using var notifier = StartNotifier();
        using var ask = Ask("demo.button");
        _desktop.WaitForDisplayed(1);
        _desktop.Press(button);
        Assert.Equal(exitCode, ask.WaitForExit());
        _desktop.WaitForDisplayed(0);
        Assert.Equal(0, notifier.Stop());
    }

    [Fact]
    public void B48_closing_leaves_the_ask_to_others()
    {
        using var notifier = StartNotifier();
        using var ask = Ask("demo.close");
        _desktop.WaitForDisplayed(1);
        _desktop.Dunstctl("close").Expect(0);
        _desktop.WaitForDisplayed(0);
        Assert.False(ask.HasExited);
        Deny();
        Assert.Equal(1, ask.WaitForExit());
    }

    [Fact]
    public void What_is_decided_elsewhere_leaves_the_screen()
    {
        using var notifier = StartNotifier();
        using var ask = Ask("demo.elsewhere");
        _desktop.WaitForDisplayed(1);
        Deny();
        _desktop.WaitForDisplayed(0);
        Assert.Equal(1, ask.WaitForExit());
    }

    [Fact]
    public void B30_a_notifier_that_the_asker_started_may_not_allow_and_says_why()
    {
        // The shell is who asks, and the notifier is its child.
        const string Script = """
            "$0" notify & until "$0" status --json | grep -q '"operators":1'; do :; done
            "$0" ask --action demo.self --as parent --wait 60s; result=$?; kill $!; wait; exit $result
            """;
        using var shell = new Daemon(_desktop.Environment, "/bin/sh", "-c", Script, Repository.Cli);
        _desktop.WaitForDisplayed(1);
        _desktop.Press("Allow once");
        Until.True(() => _desktop.LastClosedOrNone().Contains("demo.self", StringComparison.Ordinal), "the ask's notification to go");
        _desktop.WaitForDisplayed(1);
        Assert.False(shell.HasExited);
        _desktop.Dunstctl("close").Expect(0);
        Until.True(() => _desktop.LastClosedOrNone().Contains("Not decided: demo.self", StringComparison.Ordinal), "the refusal to be told");
        Deny();
        Assert.Equal(1, shell.WaitForExit());
    }

    /// <summary>The one ask that waits, from a terminal.</summary>
    private void Deny()
    {
        var pending = _home.Clearance("pending", "--json").Expect(0).Output;
        var at = pending.IndexOf("\"id\":\"", StringComparison.Ordinal) + 6;
        _home.Clearance("deny", pending[at..(at + 32)]).Expect(0);
    }

    private Daemon StartNotifier()
    {
        var notifier = new Daemon(_desktop.Environment, Repository.Cli, "notify");
        Until.True(() => notifier.HasExited || _home.Clearance("status", "--json").Output.Contains("\"operators\":1", StringComparison.Ordinal), $"an operator to be present: {notifier.Log}");
        return notifier;
    }

    // As itself: the asker's parent, this test, is the notifier's too, who then could not allow.
    private Daemon Ask(string action) => new(_home.Environment, Repository.Cli, "ask", "--action", action, "--as", "self", "--wait", "60s");
}
