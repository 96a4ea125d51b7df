using System.Text.Json;
using System.Text.RegularExpressions;
using ClearanceDaemon.Conformance;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>Grants over a restart on one state directory: what stands, what does not, and a file that is not as the daemon wrote it.</summary>
public sealed class GrantRestartTests : IDisposable
{
    private const string Ask = """{"action":"deploy.prod","resource":"web1"}""";
    private const string Hasty = """{"action":"deploy.prod","resource":"web1","wait":"0s"}""";
    private readonly string _state = Directory.CreateTempSubdirectory("clearance-grants-").FullName;

    private string GrantsFile => Path.Combine(_state, "state", "grants.json");

    public void Dispose() => Directory.Delete(_state, recursive: true);

    [Theory]
    [InlineData("{\"kind\":\"always\"}")]
    [InlineData("{\"kind\":\"for\",\"duration\":\"1h\"}")]
    [InlineData("{\"kind\":\"uses\",\"uses\":2}")]
    public void B62_a_grant_survives_a_restart_with_its_end_as_it_was(string scope)
    {
        string? id = null, expires = null;
        Run((daemon, person) =>
        {
            var grant = Grant(daemon, person, scope);
            (id, expires) = (grant.GetProperty("id").GetString(), Expires(grant));
        });
        Run((daemon, _) =>
        {
            Assert.Equal(expires, Expires(Assert.Single(daemon.OperatorCall("grants.list").GetProperty("items").EnumerateArray())));
            Assert.Equal($"allowed grant:{id}", Asking.Essence(daemon.AskOnce(Ask)));
            Assert.Equal("ok", daemon.OperatorCall("daemon.status").GetProperty("state").GetString());
        });
    }

    [Fact]
    public void Uses_that_were_taken_stay_taken_over_restarts()
    {
        Run((daemon, person) => Grant(daemon, person, "{\"kind\":\"uses\",\"uses\":3}"));
        Run((daemon, _) => Assert.StartsWith("allowed", Asking.Essence(daemon.AskOnce(Ask)), StringComparison.Ordinal));
        Run((daemon, _) =>
        {
            Assert.Equal(2, daemon.OperatorCall("grants.list").GetProperty("items")[0].GetProperty("usesLeft").GetInt32());
            Assert.StartsWith("allowed", Asking.Essence(daemon.AskOnce(Ask)), StringComparison.Ordinal);
            Assert.StartsWith("allowed", Asking.Essence(daemon.AskOnce(Ask)), StringComparison.Ordinal);
            Assert.Equal("no_operator default", Asking.Essence(daemon.AskOnce(Hasty)));
        });
        Run((daemon, _) => Assert.Equal(0, daemon.Parts.Grants.Count));
    }

    [Fact]
    public void B62_time_that_passes_while_the_daemon_is_down_counts()
    {
        Run((daemon, person) => Grant(daemon, person, "{\"kind\":\"for\",\"duration\":\"100ms\"}"));
        Run((daemon, _) => Eventually.True(() => Asking.Essence(daemon.AskOnce(Hasty)) == "no_operator default", "it has ended"));
    }

    [Fact]
    public void What_was_revoked_stays_revoked()
    {
        Run((daemon, person) =>
        {
            Grant(daemon, person, "{\"kind\":\"always\"}");
            person.Call("grants.revoke", """{"all":true}""");
        });
        Run((daemon, _) => Assert.Equal("no_operator default", Asking.Essence(daemon.AskOnce(Hasty))));
    }

    [Fact]
    public void Until_exit_survives_a_restart_while_the_process_lives_and_is_watched_again()
    {
        using var agent = new StubbornAgent();
        Run((daemon, person) =>
        {
            agent.Ask(daemon, Ask);
            person.Decide(person.Next("asked"), "allow", ",\"scope\":{\"kind\":\"until-exit\"}");
            Assert.Equal("allowed operator", Asking.Essence(agent.Answer()));
        });
        Run((daemon, person) =>
        {
            agent.Ask(daemon, Ask);
            Assert.StartsWith("allowed grant:", Asking.Essence(agent.Answer()), StringComparison.Ordinal);
            agent.Kill();
            Assert.Equal("exited", person.Next("grant_ended").GetProperty("data").GetProperty("why").GetString());
        });
    }

    [Fact]
    public void Until_exit_has_ended_when_the_process_died_while_the_daemon_was_down()
    {
        using var agent = new StubbornAgent();
        Run((daemon, person) =>
        {
            agent.Ask(daemon, Ask);
            person.Decide(person.Next("asked"), "allow", ",\"scope\":{\"kind\":\"until-exit\"}");
            agent.Answer();
        });
        agent.Kill();
        Run((daemon, _) =>
        {
            Assert.Equal(0, daemon.Parts.Grants.Count);
            Assert.Contains(daemon.AuditRecords(), static r => r.TryGetProperty("ended", out var ended) && ended.GetString() == "exited");
        });
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("empty")]
    [InlineData("verdict")]
    [InlineData("uses")]
    [InlineData("version")]
    [InlineData("member")]
    [InlineData("twice")]
    [InlineData("0644")]
    [InlineData("link")]
    [InlineData("hard link")]
    [InlineData("directory")]
    [InlineData("fifo")]
    public void A_file_that_is_not_as_the_daemon_wrote_it_gives_no_grants_and_is_told(string damage)
    {
        Run((daemon, person) => Grant(daemon, person, "{\"kind\":\"always\"}"));
        Damage(damage);
        Run((daemon, person) =>
        {
            Assert.Equal("degraded", daemon.OperatorCall("daemon.status").GetProperty("state").GetString());
            Assert.Equal("no_operator default", Asking.Essence(daemon.AskOnce(Hasty)));
            Assert.NotEmpty(Directory.GetFileSystemEntries(Path.Combine(_state, "state"), "grants.json.bad-*"));

            // And new ones can be made.
            Grant(daemon, person, "{\"kind\":\"always\"}");
        });
        Run((daemon, _) => Assert.StartsWith("allowed", Asking.Essence(daemon.AskOnce(Ask)), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"decidedSeq\":1000000")]
    [InlineData("\"decidedSeq\":1")]
    public void A_grant_without_its_record_is_dropped(string seq)
    {
        Run((daemon, person) => Grant(daemon, person, "{\"kind\":\"always\"}"));
        File.WriteAllText(GrantsFile, Regex.Replace(File.ReadAllText(GrantsFile), "\"decidedSeq\":[0-9]+", seq, RegexOptions.None, TimeSpan.FromSeconds(1)));
        Run((daemon, _) =>
        {
            Eventually.True(() => daemon.Parts.Grants.Count == 0, "it is dropped");
            Assert.Equal("no_operator default", Asking.Essence(daemon.AskOnce(Hasty)));
            Eventually.True(() => daemon.AuditRecords().Any(static r => r.TryGetProperty("ended", out var ended) && ended.GetString() == "unrecorded"), "that is on record");
        });
        Run((daemon, _) => Assert.Equal(0, daemon.Parts.Grants.Count));
    }

    [Fact]
    public void A_grant_of_another_id_than_its_record_names_is_dropped()
    {
        Run((daemon, person) => Grant(daemon, person, "{\"kind\":\"always\"}"));
        File.WriteAllText(GrantsFile, Regex.Replace(File.ReadAllText(GrantsFile), "\"id\":\"[0-9a-f]{32}\"", "\"id\":\"00112233445566778899aabbccddeeff\"", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Run((daemon, _) => Eventually.True(() => daemon.Parts.Grants.Count == 0, "it is dropped"));
    }

    private static string? Expires(JsonElement grant) => grant.TryGetProperty("expires", out var expires) ? expires.GetString() : null;

    private void Damage(string how)
    {
        var text = File.ReadAllText(GrantsFile);
        switch (how)
        {
            case "truncated":
                File.WriteAllText(GrantsFile, text[..(text.Length / 2)]);
                break;
            case "empty":
                File.WriteAllText(GrantsFile, "");
                break;
            case "verdict":
                File.WriteAllText(GrantsFile, text.Replace("\"allow\"", "\"permit\"", StringComparison.Ordinal));
                break;
            case "uses":
                File.WriteAllText(GrantsFile, text.Replace("\"kind\":\"always\"", "\"kind\":\"uses\",\"uses\":1", StringComparison.Ordinal));
                break;
            case "version":
                File.WriteAllText(GrantsFile, text.Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal));
                break;
            case "member":
                File.WriteAllText(GrantsFile, text.Replace("\"verdict\"", "\"more\":1,\"verdict\"", StringComparison.Ordinal));
                break;
            case "twice":
                File.WriteAllText(GrantsFile, text.Replace("\"verdict\":\"allow\"", "\"verdict\":\"deny\",\"verdict\":\"allow\"", StringComparison.Ordinal));
                break;
            case "0644":
                File.SetUnixFileMode(GrantsFile, (UnixFileMode)0b110_100_100);
                break;
            default:
                Swap(how);
                break;
        }
    }

    private void Swap(string how)
    {
        var aside = GrantsFile + ".aside";
        File.Move(GrantsFile, aside);
        switch (how)
        {
            case "link":
                File.CreateSymbolicLink(GrantsFile, aside);
                break;
            case "hard link":
                Assert.Equal(0, Children.Run("ln", aside, GrantsFile));
                break;
            case "directory":
                Directory.CreateDirectory(GrantsFile);
                break;
            default:
                Assert.Equal(0, Children.Run("mkfifo", "-m", "600", GrantsFile));
                break;
        }
    }

    private static JsonElement Grant(TestDaemon daemon, Person person, string scope)
    {
        using var asking = new Asking(daemon);
        asking.Ask(Ask);
        var made = person.Decide(person.Next("asked"), "allow", $",\"scope\":{scope}").GetProperty("grant");
        asking.Answer();
        return made;
    }

    private void Run(Action<TestDaemon, Person> act)
    {
        using var daemon = new TestDaemon(options: static o => o with { SelfApproval = true }, state: _state);
        using var person = new Person(daemon);
        act(daemon, person);
    }
}
