using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>The real ssh-agent with a key that wants confirmation: it signs when a person allows it, and not otherwise.</summary>
public sealed class SshAgentTests : IDisposable
{
    private const string Rules = """{"version":1,"rules":[{"id":"keys","action":"ssh.**","decision":"ask"}]}""";

    private readonly ToolBench _bench;

    public SshAgentTests()
    {
        foreach (var tool in (string[])["ssh-agent", "ssh-add", "ssh-keygen"])
        {
            Repository.RequireTool(tool);
        }

        _bench = new ToolBench(Rules);
        _bench.Run("mkdir -m 700 .ssh && ssh-keygen -q -t ed25519 -N '' -C 'me@laptop' -f .ssh/id_ed25519 && echo text >file").Expect(0);
    }

    /// <summary>The agent as the recipe starts it; afterwards only it has the key.</summary>
    private static string Agent => $"{Recipe.Read("ssh")}\nmv .ssh/id_ed25519 aside; trap 'mv aside .ssh/id_ed25519; kill $SSH_AGENT_PID' EXIT\n";

    public void Dispose() => _bench?.Dispose();

    [Fact]
    public void Allowed_it_signs()
    {
        var (result, ask, _) = _bench.Answer(Agent + "ssh-keygen -Y sign -n file -f .ssh/id_ed25519.pub file && ssh-keygen -Y check-novalidate -n file -s file.sig <file", "allow", "ssh.sign");
        Assert.Contains("Good \"file\" signature", result.Expect(0).Output, StringComparison.Ordinal);
        var fingerprint = _bench.Run("ssh-keygen -l -f .ssh/id_ed25519.pub").Expect(0).Output.Split(' ')[1];
        Assert.Equal(fingerprint, ask.GetProperty("resource").GetString());
        Assert.Equal("""{"comment":"me@laptop"}""", ask.GetProperty("details").GetRawText());
    }

    [Fact]
    public void Denied_it_does_not()
    {
        var (result, _, _) = _bench.Answer(Agent + "ssh-keygen -Y sign -n file -f .ssh/id_ed25519.pub file", "deny", "ssh.sign");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("agent refused operation", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_bench.At("file.sig")));
    }

    [Fact]
    public void With_nobody_there_it_does_not()
    {
        var result = _bench.Run(Agent + "ssh-keygen -Y sign -n file -f .ssh/id_ed25519.pub file");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("agent refused operation", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_daemon_it_does_not()
    {
        var result = _bench.Run($"export CLEARANCE_ASK_SOCKET={_bench.At("none")}\n" + Agent + "ssh-keygen -Y sign -n file -f .ssh/id_ed25519.pub file");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("agent refused operation", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_passphrase_is_not_given()
    {
        var result = _bench.Run("ssh-keygen -q -t ed25519 -N secret -f locked; SSH_ASKPASS=clearance-askpass SSH_ASKPASS_REQUIRE=force ssh-keygen -y -f locked");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("askpass only confirms", result.Error, StringComparison.Ordinal);
    }
}
