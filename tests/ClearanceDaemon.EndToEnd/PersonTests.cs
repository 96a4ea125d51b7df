using System.Text.Json;
using ClearanceDaemon.Cli.Tests.Inbox;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>The whole of it as people have it: a program asks in one terminal, a person answers in another.</summary>
public sealed class PersonTests : IDisposable
{
    private readonly TestHome _home;
    private readonly Daemon _daemon;

    public PersonTests()
    {
        Repository.RequireNative();
        Repository.RequireNoService();
        Repository.RequireTool("python3");
        _home = new TestHome();
        _home.WriteRules(TestHome.PersonRules);
        _daemon = _home.Start();
    }

    public void Dispose()
    {
        _daemon?.Dispose();
        _home?.Dispose();
    }

    [Fact]
    public void Allowed_for_ten_minutes_in_the_inbox_then_changed_denied_and_taken_back()
    {
        using var watch = _home.Terminal("watch");
        watch.See("clearance: 0 waiting, 1 operator");
        using (var first = Deploy("web1"))
        {
            watch.See("deploy.production", "host = web1", "VERIFIED", "OBSERVED");
            watch.PressUntil("A", () => watch.Screen.ToString().Contains("ALLOW", StringComparison.Ordinal));
            watch.Press("l\r");
            watch.See("allowed for 10m, u takes it back");
            Ends(first, 0, "allowed by operator, until ");
        }

        var grant = Assert.Single(Lines(_home.Clearance("grants", "list", "--json"))).GetProperty("id").GetString();
        var again = _home.ClearanceJson("ask", "--action", "deploy.production", "--detail", "host=web1");
        Assert.Equal($"grant:{grant}", again.GetProperty("by").GetString());

        using (var other = Deploy("web2"))
        {
            watch.See("host = web2");
            watch.PressUntil("\e[6~", () => watch.Screen.ToString().Contains("details.host: a grant fits but for this", StringComparison.Ordinal));
            watch.PressUntil("D", () => watch.Screen.ToString().Contains("DENY, because:", StringComparison.Ordinal));
            watch.Press("not on a Friday\r");
            Ends(other, 1, "denied by operator: not on a Friday (a grant fits but for details.host)");
        }

        watch.PressUntil("u", () => watch.Screen.ToString().Contains("taken back", StringComparison.Ordinal));
        _home.Clearance("ask", "--action", "deploy.production", "--detail", "host=web1", "--wait", "0s").Expect(2);
        using (var asksAgain = Deploy("web1"))
        {
            watch.See("clearance: 1 waiting", "host = web1");
            watch.PressUntil("a", () => watch.Screen.ToString().Contains("allowed: deploy.production", StringComparison.Ordinal));
            Ends(asksAgain, 0, "allowed by operator");
        }

        watch.Press("q");
        Assert.Equal(0, watch.End());
    }

    [Fact]
    public void Another_session_lists_allows_for_a_while_and_denies()
    {
        using (var first = AskInAShell("web1"))
        {
            var ask = Pending();
            Assert.Equal("web1", ask.GetProperty("ask").GetProperty("resource").GetString());
            var allowed = InAnotherSession("allow", Prefix(ask), "--for", "10m").Expect(0).Output;
            Assert.Contains("allowed, 1 waiting request answered; grant ", allowed, StringComparison.Ordinal);
            first.Ends(0, "allowed by operator, until ");
        }

        Assert.StartsWith("grant:", _home.ClearanceJson("ask", "--action", "person.deploy", "--resource", "web1").GetProperty("by").GetString(), StringComparison.Ordinal);
        using (var other = AskInAShell("web2"))
        {
            var ask = Pending();
            Assert.Equal("resource", Assert.Single(ask.GetProperty("changed").EnumerateArray()).GetString());
            InAnotherSession("deny", Prefix(ask), "--reason", "not that one").Expect(0);
            other.Ends(1, "denied by operator: not that one");
        }

        Assert.Empty(_home.Clearance("pending").Expect(0).Output);
    }

    [Fact]
    public void The_shell_that_asks_cannot_allow_and_is_told_what_to_do()
    {
        var script = $"{Repository.Cli} ask --action person.deploy >ask.out & "
            + $"while id=$({Repository.Cli} pending --json) && [ -z \"$id\" ]; do :; done; "
            + $"id=${{id#*:\\\"}}; id=${{id%%\\\"*}}; {Repository.Cli} allow $id; echo $?; {Repository.Cli} deny $id; wait";
        var shell = Command.Run(_home.Environment, null, "/bin/sh", "-c", $"cd \"$TMPDIR\"; {script}").Expect(0);
        Assert.Contains("from another terminal", shell.Error, StringComparison.Ordinal);
        Assert.Contains("\n1\n", shell.Output, StringComparison.Ordinal);
        Assert.StartsWith("denied by operator", File.ReadAllText(Path.Combine(_home.Root, "tmp", "ask.out")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pane_of_tmux_is_a_terminal_like_any_other()
    {
        var tmux = Repository.RequireTool("tmux");
        using var ask = AskInAShell("web1");
        var said = Path.Combine(_home.Root, "tmp", "said");
        Command.Run(
            _home.Environment, null, tmux, "-f", "/dev/null", "-S", Path.Combine(_home.Root, "tmux"), "new-session", "-d", "-x", "80", "-y", "24",
            $"{Repository.Cli} allow {Prefix(Pending())} >{said} 2>&1").Expect(0);
        ask.Ends(0, "allowed by operator", () => File.Exists(said) ? File.ReadAllText(said) : "");
    }

    private static IEnumerable<JsonElement> Lines(CommandResult result) =>
        result.Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement);

    private static string Prefix(JsonElement ask) => ask.GetProperty("id").GetString()![..8];

    private static void Ends(PtyProcess ask, int exitCode, string said)
    {
        Assert.Equal(exitCode, ask.Told().GetProperty("exit").GetInt32());
        ask.Until(() => ask.Screen.ToString().Contains(said, StringComparison.Ordinal), $"the terminal never had: {said}", mayHaveEnded: true);
    }

    private PtyProcess Deploy(string host) => _home.Terminal("ask", "--action", "deploy.production", "--detail", $"host={host}", "--wait", "60s");

    private ShellAsk AskInAShell(string resource) => new(_home, "--action", "person.deploy", "--resource", resource);

    private CommandResult InAnotherSession(params string[] arguments) => Command.Run(_home.Environment, null, ["setsid", "--wait", Repository.Cli, .. arguments]);

    private JsonElement Pending()
    {
        JsonElement[] waiting = [];
        Until.True(() => (waiting = [.. Lines(_home.Clearance("pending", "--json"))]).Length > 0, "an ask to wait");
        return Assert.Single(waiting);
    }
}
