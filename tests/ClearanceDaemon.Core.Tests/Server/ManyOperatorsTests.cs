using System.Text.Json;
using ClearanceDaemon.Conformance;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>However many people are there and whatever they do not do: only an answer answers, and the first counts.</summary>
public sealed class ManyOperatorsTests : IDisposable
{
    private readonly TestDaemon _daemon = new(options: static o => o with { SelfApproval = true });

    public void Dispose() => _daemon.Dispose();

    [Theory]
    [InlineData(0, 0, "no_operator default")]
    [InlineData(1, 0, "timed_out default")]
    [InlineData(2, 0, "timed_out default")]
    [InlineData(1, 1, "allowed operator")]
    [InlineData(2, 1, "allowed operator")]
    [InlineData(2, 2, "allowed operator")]
    public void B53_nobody_silent_or_answering(int there, int answering, string outcome)
    {
        var people = Enumerable.Range(0, there).Select(_ => new Person(_daemon)).ToArray();
        using var asking = new Asking(_daemon);
        var ask = answering == 0 ? """{"action":"x.y","wait":"50ms"}""" : """{"action":"x.y"}""";
        asking.Send(ask);
        var answers = people.Take(answering).Select(static person => person.Decide(person.Next("asked"), "allow")).ToArray();
        Assert.Equal(outcome, asking.Answer());
        Assert.Equal(answering > 0 ? 1 : 0, answers.Count(static a => a.TryGetProperty("outcome", out _)));
        Assert.Equal(0, _daemon.Parts.Grants.Count);
        Array.ForEach(people, static person => person.Dispose());
    }

    [Theory]
    [InlineData("demo.shut", "denied rule:shut")]
    [InlineData("demo.own", "abstained rule:own")]
    [InlineData("demo.free", "no_operator default")]
    public void B53_who_only_watches_is_no_operator(string action, string outcome)
    {
        using var watcher = new Person(_daemon, answers: false);
        Assert.Equal(outcome, Asking.Essence(_daemon.AskOnce($$"""{"action":"{{action}}"}""")));
        Assert.Equal(0, _daemon.OperatorCall("daemon.status").GetProperty("operators").GetInt32());
    }

    [Theory]
    [InlineData("demo.shut")]
    [InlineData("demo.own")]
    [InlineData("demo.wait")]
    public void B53_a_silent_operator_never_allows_whatever_the_rule_says_of_nobody(string action)
    {
        using var person = new Person(_daemon);
        Assert.StartsWith("timed_out", Settled(action), StringComparison.Ordinal);
    }

    [Fact]
    public void B51_a_timeout_makes_no_grant_and_the_next_ask_asks_again()
    {
        using var person = new Person(_daemon);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("timed_out default", Settled("x.y"));
        }

        Assert.Equal(0, _daemon.Parts.Grants.Count);
        Assert.False(File.Exists(Path.Combine(_daemon.State, "grants.json")));
        Assert.Equal(3, _daemon.AuditRecords().Count(static r => r.GetProperty("kind").GetString() == "asked"));
        Assert.DoesNotContain(_daemon.AuditRecords(), static r => r.TryGetProperty("grant", out _));
    }

    [Fact]
    public void When_the_last_operator_leaves_what_waits_keeps_its_deadline_and_what_comes_is_told_that_nobody_is_there()
    {
        var person = new Person(_daemon);
        using var asking = new Asking(_daemon);
        var deadline = asking.Ask("""{"action":"x.y","wait":"1h"}""").GetProperty("deadline").GetString();
        person.Dispose();
        Eventually.True(() => _daemon.Parts.Events.Answering == 0, "the operator has left");
        Assert.Equal("no_operator default", Asking.Essence(_daemon.AskOnce("""{"action":"x.z"}""")));
        using var back = new Person(_daemon);
        var seen = back.Next("asked");
        Assert.Equal(deadline, seen.GetProperty("data").GetProperty("deadline").GetString());
        back.Decide(seen, "allow");
        Assert.Equal("allowed operator", asking.Answer());
    }

    [Fact]
    public void B52_every_surface_is_told_the_deadline_that_the_asker_is_told()
    {
        using var one = new Person(_daemon);
        using var two = new Person(_daemon);
        using var asking = new Asking(_daemon);
        var told = asking.Ask("""{"action":"x.y","wait":"37s"}""").GetProperty("deadline").GetString()!;
        Assert.Equal([told, told], [Deadline(one.Next("asked").GetProperty("data")), Deadline(two.Next("asked").GetProperty("data"))]);
        Assert.Equal(told, Deadline(_daemon.OperatorCall("clearance.pending").GetProperty("items")[0]));
        asking.Ask("""{"action":"x.y","wait":"1h"}""");
        using var late = new Person(_daemon);
        Assert.Equal(told, Deadline(late.Next("asked").GetProperty("data")));
        var record = Assert.Single(_daemon.AuditRecords(), static r => r.GetProperty("kind").GetString() == "asked");
        Assert.Equal(told, Deadline(record));
    }

    [Fact]
    public async Task Of_two_that_decide_at_the_same_moment_one_wins_the_other_is_told_and_all_three_hear_it()
    {
        Person[] people = [new(_daemon), new(_daemon), new(_daemon)];
        using var asking = new Asking(_daemon);
        for (var round = 0; round < 20; round++)
        {
            asking.Send($$"""{"action":"x.y{{round}}"}""");
            var seen = people.Select(static person => person.Next("asked")).ToArray();
            var first = Task.Run(() => people[0].Decide(seen[0], round % 2 == 0 ? "allow" : "deny"));
            var second = Task.Run(() => people[1].Decide(seen[1], round % 3 == 0 ? "allow" : "deny"));
            var answers = await Task.WhenAll(first, second);
            var won = Assert.Single(answers, static a => a.TryGetProperty("outcome", out _)).GetProperty("outcome").GetString();
            Assert.Equal("unknown_request", Asking.Essence(Assert.Single(answers, static a => a.TryGetProperty("code", out _))));
            Assert.Equal($"{won} operator", asking.Answer());
            Assert.All(people, person => Assert.Equal(won, person.Next("decided").GetProperty("data").GetProperty("outcome").GetString()));
        }

        Assert.Equal(20, _daemon.AuditRecords().Count(static r => r.GetProperty("kind").GetString() == "verdict"));
        Array.ForEach(people, static person => person.Dispose());
    }

    [Fact]
    public void A_verdict_that_is_sent_twice_in_one_breath_is_taken_once()
    {
        using var person = new Person(_daemon);
        using var asking = new Asking(_daemon);
        asking.Ask("""{"action":"x.y"}""");
        var data = person.Next("asked").GetProperty("data");
        using var hasty = _daemon.Operator();
        foreach (var verdict in new[] { "deny", "allow" })
        {
            hasty.Send(Line(data, verdict) + Line(data, "allow") + Line(data, "deny"));
            JsonElement[] answers = [Reply(hasty), Reply(hasty), Reply(hasty)];
            Assert.Single(answers, static a => a.TryGetProperty("outcome", out _));
            Assert.Single(_daemon.AuditRecords(), r => r.GetProperty("kind").GetString() == "verdict" && r.GetProperty("id").GetString() == data.GetProperty("id").GetString());
            asking.Answer();
            asking.Ask($$"""{"action":"x.{{verdict}}"}""");
            data = person.Next("asked").GetProperty("data");
        }

        Assert.Equal(1, _daemon.Parts.Desk.PendingCount);
    }

    private static string Line(JsonElement asked, string verdict) =>
        $$$"""{"jsonrpc":"2.0","id":1,"method":"clearance.decide","params":{{{Order(asked, verdict)}}}}""" + "\n";

    private static string Order(JsonElement asked, string verdict) =>
        $"{{\"id\":\"{asked.GetProperty("id")}\",\"digest\":\"{asked.GetProperty("digest")}\",\"verdict\":\"{verdict}\",\"scope\":{{\"kind\":\"always\"}}}}";

    private static JsonElement Reply(LineClient client)
    {
        var reply = TestDaemon.Parse(client.ReadLine()!);
        return reply.TryGetProperty("result", out var result) ? result : reply.GetProperty("error");
    }

    private static string Deadline(JsonElement item) => item.GetProperty("deadline").GetString()!;

    private string Settled(string action)
    {
        using var asking = new Asking(_daemon);
        return asking.Settled($$"""{"action":"{{action}}","wait":"20ms"}""");
    }
}
