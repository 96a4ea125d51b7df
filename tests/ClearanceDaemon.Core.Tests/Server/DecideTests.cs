namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>A person decides. Asker and operator are this one process, so self-approval is lifted but where it is the matter.</summary>
public sealed class DecideTests : IDisposable
{
    private readonly TestDaemon _daemon = new(options: static o => o with { SelfApproval = true });

    public void Dispose() => _daemon.Dispose();

    [Fact]
    public void An_allow_answers_the_asker_and_is_on_record_with_who_decided()
    {
        using var person = new Person(_daemon);
        using var asker = _daemon.Ask();
        asker.Send(TestDaemon.AskLine(1, """{"action":"deploy.prod","details":{"host":"web1"}}"""));
        var seen = person.Next("asked");
        var decided = person.Decide(seen, "allow");
        Assert.Equal("allowed", decided.GetProperty("outcome").GetString());
        Assert.Equal(1, decided.GetProperty("answered").GetInt32());
        Assert.Equal("clearance.asked", TestDaemon.Parse(asker.ReadLine()!).GetProperty("method").GetString());
        var answer = TestDaemon.Parse(asker.ReadLine()!).GetProperty("result");
        Assert.Equal("allowed operator", $"{answer.GetProperty("outcome")} {answer.GetProperty("by")}");
        Assert.Equal("allowed", person.Next("decided").GetProperty("data").GetProperty("outcome").GetString());
        var record = _daemon.AuditRecords().Single(static record => record.GetProperty("kind").GetString() == "verdict");
        Assert.Equal(Environment.ProcessId, record.GetProperty("decider").GetInt32());
        Assert.Equal("once", record.GetProperty("scope").GetString());
    }

    [Fact]
    public void A_grant_answers_the_same_ask_at_once_and_says_what_changed_for_another()
    {
        using var person = new Person(_daemon);
        using var asker = _daemon.Ask();
        asker.Send(TestDaemon.AskLine(1, """{"action":"deploy.prod","details":{"host":"web1"}}"""));
        var grant = person.Decide(person.Next("asked"), "allow", ",\"scope\":{\"kind\":\"for\",\"duration\":\"10m\"}").GetProperty("grant");
        asker.ReadLine();
        Assert.Equal(grant.GetProperty("expires").GetString(), TestDaemon.Parse(asker.ReadLine()!).GetProperty("result").GetProperty("expires").GetString());

        var again = TestDaemon.Parse(asker.Ask(TestDaemon.AskLine(2, """{"action":"deploy.prod","details":{"host":"web1"}}""").TrimEnd())).GetProperty("result");
        Assert.Equal("grant:" + grant.GetProperty("id").GetString(), again.GetProperty("by").GetString());
        asker.Send(TestDaemon.AskLine(3, """{"action":"deploy.prod","details":{"host":"web2"}}"""));
        var other = person.Next("asked").GetProperty("data");
        Assert.Equal(["details.host"], other.GetProperty("changed").EnumerateArray().Select(static name => name.GetString()));
    }
}
