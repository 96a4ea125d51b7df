using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>The recipe for bubblewrap: a command that can ask through its named socket, and reaches nothing else of the daemon.</summary>
public sealed class SandboxRecipeTests : IDisposable
{
    private const string Rules = """
        {"version":1,"rules":[{"id":"for-claude","action":"demo.via","via":"claude","decision":"allow"},{"id":"others","action":"demo.other","via":"other","decision":"allow"}]}
        """;

    private readonly TestHome _home;
    private readonly Daemon _daemon;

    public SandboxRecipeTests()
    {
        Repository.RequireNative();
        Repository.RequireTool("bwrap");
        _home = new TestHome();
        _home.WriteRules(Rules);
        _home.WriteConfiguration("""{"askSockets":{"claude":{},"other":{}}}""");
        _daemon = _home.Start();
        var tried = InSandbox("true");
        Assert.SkipUnless(tried.ExitCode == 0, $"bubblewrap can't make a sandbox here: {tried.Error}");
    }

    private string Ask => Path.Combine(_home.Runtime, "ask.d", "claude");

    public void Dispose()
    {
        _daemon?.Dispose();
        _home?.Dispose();
    }

    [Fact]
    public void It_asks_and_is_seen_as_its_via()
    {
        Assert.Equal("allowed by rule:for-claude", InSandbox("clearance ask --action demo.via").Expect(0).Output.Trim());
        InSandbox("clearance ask --action demo.other --wait 0s").Expect(2);
        // The same outside, through the socket without a name, is nobody's rule.
        _home.Clearance("ask", "--action", "demo.via", "--wait", "0s").Expect(2);
        Assert.True(AuditChain.Read(Path.Combine(_home.State, "audit")).Mentions("\"via\":\"claude\""));
    }

    [Fact]
    public void B70_the_socket_can_be_neither_replaced_nor_moved_nor_opened_up()
    {
        foreach (var attempt in (string[])["rm -f {0}/clearance.sock", "mv {0}/clearance.sock {0}/aside", "chmod 777 {0}/clearance.sock", "touch {0}/another", "ln -s x {0}/link", "mkdir {0}/d", "chmod 777 {0}"])
        {
            var tried = InSandbox(string.Format(System.Globalization.CultureInfo.InvariantCulture, attempt, Ask));
            Assert.True(tried.ExitCode != 0, $"{attempt} worked");
            Assert.Contains("Read-only file system", tried.Error, StringComparison.Ordinal);
        }

        Assert.Equal("clearance.sock", InSandbox($"ls -A '{Ask}'").Expect(0).Output.Trim());
        _home.Clearance("ask", "--ask-socket", Path.Combine(Ask, "clearance.sock"), "--action", "demo.via").Expect(0);
    }

    [Fact]
    public void B70_operator_lock_other_sockets_rules_and_state_are_out_of_reach()
    {
        string[] hidden =
        [
            _home.OperatorSocket, _home.AskSocket, Path.Combine(_home.Runtime, "lock"), Path.Combine(_home.Runtime, "ask.d", "other"),
            Path.Combine(_home.State, "audit"), Path.Combine(_home.Root, "config", "clearance", "rules.d"),
        ];
        Assert.All(hidden, path => Assert.True(Path.Exists(path), path));
        Assert.All(hidden, path => InSandbox($"test ! -e '{path}'").Expect(0));
        InSandbox("clearance status").Expect(127);
        InSandbox($"clearance status --operator-socket '{Path.Combine(Ask, "clearance.sock")}'").Expect(127);
    }

    [Fact]
    public void B70_no_option_brings_the_runtime_directory_back()
    {
        var run = _home.Environment["XDG_RUNTIME_DIR"];
        Run(["claude", "--bind", run, run, "--bind", _home.Root, _home.Root, "--", "test", "!", "-e", _home.OperatorSocket]).Expect(0);
    }

    [Fact]
    public void B70_through_a_writable_mount_the_socket_is_replaced_which_is_why_doctor_warns()
    {
        // The same but for one word. Whoever asks at that path from now on asks the sandbox.
        var replaced = Command.Run(
            _home.Environment, null,
            "bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--bind", Ask, Ask, "--", "/bin/sh", "-c", $"rm '{Ask}/clearance.sock' && touch '{Ask}/clearance.sock'");
        replaced.Expect(0);
        _home.Clearance("ask", "--ask-socket", Path.Combine(Ask, "clearance.sock"), "--action", "demo.via").Expect(127);
    }

    [Theory]
    [InlineData("../operator", "--", "true")]
    [InlineData("-x", "--", "true")]
    [InlineData("claude", "true")]
    [InlineData("claude", "--", "")]
    [InlineData("claude")]
    public void What_cannot_be_meant_is_refused(params string[] arguments) => Run(arguments.Where(static word => word.Length > 0)).Expect(64);

    [Fact]
    public void A_socket_that_is_not_there_is_named()
    {
        var refused = Run(["nobody", "--", "true"]).Expect(1);
        Assert.Contains(Path.Combine(_home.Runtime, "ask.d", "nobody", "clearance.sock"), refused.Error, StringComparison.Ordinal);
    }

    private CommandResult InSandbox(string script)
    {
        // The tree may lie below /tmp, which the sandbox has its own of.
        var programs = Path.GetDirectoryName(Repository.Cli)!;
        return Run(["claude", "--ro-bind", programs, programs, "--setenv", "PATH", $"{programs}:/usr/bin:/bin", "--", "/bin/sh", "-c", script]);
    }

    private CommandResult Run(IEnumerable<string> arguments) =>
        Command.Run(_home.Environment, null, [Path.Combine(Repository.Root, "packaging", "sandbox", "clearance-bwrap"), .. arguments]);
}
