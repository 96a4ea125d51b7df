using ClearanceDaemon.EndToEnd.Native;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>A verdict that was answered is on disk: the daemon is killed the moment it has said so, again and again over one state directory.</summary>
public sealed class DurableVerdictTests : IDisposable
{
    private const int Rounds = 200;

    private readonly TestHome _home;

    public DurableVerdictTests()
    {
        Repository.RequireNative();
        _home = new TestHome();
        _home.WriteRules("""
            {"version":1,"rules":[{"id":"person","action":"person.**","decision":"ask","whenNobody":"wait","selfApproval":true}]}
            """);
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Killed_right_after_an_always_200_times_no_grant_is_lost_and_the_audit_verifies()
    {
        var grants = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            using var daemon = _home.Start();
            if (round > 0)
            {
                AssertGranted(round - 1, grants[^1]);
            }

            grants.Add(AllowAlways(round, daemon));
        }

        using var last = _home.Start();
        Assert.Equal(grants, ListGrants());
        for (var round = 0; round < Rounds; round++)
        {
            AssertGranted(round, grants[round]);
        }

        using var person = new Operator(_home.OperatorSocket);
        var verified = person.Result("audit.verify");
        Assert.True(verified.GetProperty("ok").GetBoolean(), verified.ToString());
        Assert.Equal(0, last.Stop());
        var records = AuditChain.Read(Path.Combine(_home.State, "audit"));
        Assert.All(grants, grant => Assert.True(records.Mentions(grant), $"no record of the grant {grant}"));
    }

    private static string Ask(int round, string wait) => $$"""{"action":"person.deploy","resource":"web{{round}}","wait":"{{wait}}"}""";

    /// <summary>Returns the grant's id; by then the daemon is dead.</summary>
    private string AllowAlways(int round, Daemon daemon)
    {
        using var ask = new WaitingAsk(_home.AskSocket, Ask(round, "30s"));
        using var person = new Operator(_home.OperatorSocket);
        var answer = person.Decide(ask.Asked, "allow", """{"kind":"always"}""");
        daemon.Signal(LibC.SIGKILL);
        daemon.WaitForExit();
        Assert.True(answer.TryGetProperty("result", out var result), $"round {round}: {answer}");
        return result.GetProperty("grant").GetProperty("id").GetString()!;
    }

    private void AssertGranted(int round, string grant)
    {
        using var client = new LineClient(_home.AskSocket);
        var result = client.Exchange(LineClient.Call(1, "clearance.ask", Ask(round, "0s"))).GetProperty("result");
        Assert.Equal("allowed", result.GetProperty("outcome").GetString());
        Assert.Equal($"grant:{grant}", result.GetProperty("by").GetString());
    }

    private List<string> ListGrants()
    {
        using var person = new Operator(_home.OperatorSocket);
        var ids = new List<string>();
        for (var parameters = "{}"; ;)
        {
            var page = person.Result("grants.list", parameters);
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(static grant => grant.GetProperty("id").GetString()!));
            if (!page.TryGetProperty("next", out var next))
            {
                return ids;
            }

            parameters = $$"""{"after":{{next.GetInt64()}}}""";
        }
    }
}
