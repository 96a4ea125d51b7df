using System.Diagnostics;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>Who may allow what, with real processes of every kin against the native daemon. Denying is open to all of them.</summary>
public sealed class SelfApprovalTests : IDisposable
{
    private readonly TestHome _home;
    private readonly Daemon _daemon;

    public SelfApprovalTests()
    {
        Repository.RequireNative();
        Repository.RequireNoService();
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "/usr/bin/python3 is not installed");
        _home = new TestHome();
        _home.WriteRules(TestHome.PersonRules);
        _daemon = _home.Start();
    }

    public void Dispose()
    {
        _daemon?.Dispose();
        _home?.Dispose();
    }

    [Theory]
    [InlineData("connection", "comes from the process that asks")]
    [InlineData("process", "comes from the process that asks")]
    [InlineData("principal", "comes from the process that asks")]
    [InlineData("child", "the asking one started")]
    [InlineData("grandchild", "the asking one started")]
    [InlineData("principals-child", "the asking one started")]
    public void B30_an_asker_and_its_kin_cannot_allow_but_can_deny(string relation, string why) =>
        Refused(Run(relation, "person.x"), why, "another terminal");

    [Theory]
    [InlineData("connection")]
    [InlineData("process")]
    [InlineData("principal")]
    [InlineData("child")]
    [InlineData("grandchild")]
    [InlineData("principals-child")]
    public void A_rule_that_says_so_lifts_it(string relation) => Assert.Equal(["allow allowed", "asker allowed"], Run(relation, "lifted.x").Order());

    [Theory]
    [InlineData("parent")]
    [InlineData("sibling")]
    public void A_parent_allows_what_its_child_asks_and_another_session_what_its_neighbour_asks(string relation) =>
        Assert.Equal(["allow allowed", "asker allowed"], Run(relation, "person.x").Order());

    [Theory]
    [InlineData("person.x")]
    [InlineData("lifted.x")]
    public void B30_in_bubblewrap_nothing_can_be_allowed_whatever_the_rule_says(string action)
    {
        string[] sandbox = [Repository.RequireTool("bwrap"), "--bind", "/", "/", "--dev", "/dev", "--proc", "/proc"];
        Assert.SkipUnless(Command.Run(_home.Environment, null, [.. sandbox, "true"]).ExitCode == 0, "bubblewrap can't make a sandbox here");
        Refused(DecideFrom(sandbox, action), "namespace than the daemon's", "outside of any sandbox");
    }

    [Theory]
    [InlineData("person.x", "--user", "user")]
    [InlineData("lifted.x", "--user", "user")]
    [InlineData("lifted.x", "--mount", "mount")]
    [InlineData("lifted.x", "--pid", "pid")]
    public void B30_in_another_namespace_nothing_can_be_allowed_whatever_the_rule_says(string action, string flag, string kind)
    {
        string[] unshare = flag == "--pid" ? ["unshare", flag, "--fork"] : flag == "--user" ? ["unshare", flag, "--map-root-user"] : ["unshare", flag];
        Assert.SkipUnless(Command.Run(_home.Environment, null, [.. unshare, "true"]).ExitCode == 0, $"unshare can't make a {kind} namespace here");
        Refused(DecideFrom(unshare, action), $"another {kind} namespace", "outside of any sandbox");
    }

    [Fact]
    public void A_pane_of_tmux_allows()
    {
        var tmux = Repository.RequireTool("tmux");
        var said = Path.Combine(_home.Root, "tmp", "said");
        var script = Path.Combine(_home.Root, "tmp", "asker.py");
        File.WriteAllText(script, AskerScript.Text);
        using var asker = Ask("person.x", out var id, out var digest);
        string[] pane = ["-f", "/dev/null", "-S", Path.Combine(_home.Root, "tmux"), "new-session", "-d", "-x", "80", "-y", "24"];
        Command.Run(
            _home.Environment, null,
            [tmux, .. pane, $"/usr/bin/python3 {script} decide {_home.AskSocket} {_home.OperatorSocket} person.x {id} {digest} >{said} 2>&1"]).Expect(0);
        Assert.Equal("asker allowed", asker.StandardOutput.ReadLine());
        Until.True(() => File.Exists(said) && File.ReadAllText(said) == "allow allowed\n", "the pane to have said what came of it");
    }

    [Fact]
    public void A_refused_verdict_is_on_record_with_its_reason()
    {
        Run("process", "person.x");
        Assert.Equal(0, _daemon.Stop());
        Assert.True(AuditChain.Read(Path.Combine(_home.State, "audit")).Mentions("comes from the process that asks"), "no record of the refused verdict");
    }

    internal static void Refused(string[] said, params string[] why)
    {
        var allow = Assert.Single(said, static line => line.StartsWith("allow ", StringComparison.Ordinal));
        Assert.StartsWith("allow forbidden ", allow, StringComparison.Ordinal);
        Assert.All(why, part => Assert.Contains(part, allow, StringComparison.Ordinal));
        Assert.Contains("deny denied", said);
        Assert.Contains("asker denied", said);
    }

    private string[] Run(string relation, string action) =>
        Command.Run(_home.Environment, null, AskerScript.Command(relation, _home.AskSocket, _home.OperatorSocket, action)).Expect(0).Output.Trim().Split('\n');

    /// <summary>One process asks, and one that is not its kin decides from behind a wrapper.</summary>
    private string[] DecideFrom(string[] wrapper, string action)
    {
        using var asker = Ask(action, out var id, out var digest);
        var decided = Command.Run(
            _home.Environment, null, [.. wrapper, .. AskerScript.Command("decide", _home.AskSocket, _home.OperatorSocket, action, id, digest)]).Expect(0);
        return [.. decided.Output.Trim().Split('\n'), asker.StandardOutput.ReadLine() ?? ""];
    }

    private Process Ask(string action, out string id, out string digest)
    {
        var asker = Command.Start(_home.Environment, AskerScript.Command("ask", _home.AskSocket, _home.OperatorSocket, action));
        var asked = (asker.StandardOutput.ReadLine() ?? asker.StandardError.ReadToEnd()).Split(' ');
        Assert.True(asked is ["asked", _, _], string.Join(' ', asked));
        (id, digest) = (asked[1], asked[2]);
        return asker;
    }
}
