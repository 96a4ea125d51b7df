using System.Text;
using System.Text.Json;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>Equal asks of one principal are one prompt with many who wait.</summary>
public sealed class JoinedAskTests : IDisposable
{
    private const string Deploy = """{"action":"deploy.prod","resource":"web1"}""";
    private readonly TestDaemon _daemon = new(options: static o => o with { SelfApproval = true });

    public void Dispose() => _daemon.Dispose();

    [Fact]
    public void Equal_asks_are_one_prompt_and_everyone_who_waits_is_answered()
    {
        using var person = new Person(_daemon);
        using var one = new Asking(_daemon);
        using var two = new Asking(_daemon);
        var id = one.AskId(Deploy);
        Assert.Equal(id, one.AskId(Deploy));
        Assert.Equal(id, two.AskId(Deploy));
        var seen = person.Next("asked");
        Assert.Equal([(2, 2), (3, 3)], [Again(person), Again(person)]);
        Assert.Equal(3, person.Decide(seen, "allow").GetProperty("answered").GetInt32());
        Assert.Equal(["allowed operator", "allowed operator", "allowed operator"], [one.Answer(), one.Answer(), two.Answer()]);
        var verdict = Assert.Single(_daemon.AuditRecords(), static r => Kind(r) == "verdict");
        Assert.Equal(3, verdict.GetProperty("times").GetInt32());
        Assert.Equal(2, _daemon.AuditRecords().Count(static r => Kind(r) == "joined"));
        Assert.Single(_daemon.AuditRecords(), static r => Kind(r) == "asked");
    }

    [Theory]
    [InlineData("""{"action":"deploy.test","resource":"web1"}""")]
    [InlineData("""{"action":"deploy.prod","resource":"web2"}""")]
    [InlineData("""{"action":"deploy.prod"}""")]
    [InlineData("""{"action":"deploy.prod","resource":"web1","details":{}}""")]
    [InlineData("""{"action":"deploy.prod","resource":"web1","details":{"a":1}}""")]
    [InlineData("""{"action":"deploy.prod","resource":"web1","argv":[]}""")]
    [InlineData("""{"action":"deploy.prod","resource":"web1","argv":["a"]}""")]
    [InlineData("""{"action":"deploy.prod","resource":"web1","title":"t"}""")]
    [InlineData("""{"action":"deploy.prod","resource":"web1","reason":"r"}""")]
    [InlineData("""{"action":"deploy.prod","resource":"web1","project":"/p"}""")]
    [InlineData("""{"action":"deploy.prod","resource":"web1","as":"self"}""")]
    [InlineData("""{"action":"deploy.prod","resource":"web1","key":"k"}""")]
    public void An_ask_that_differs_in_one_member_is_another_prompt(string other)
    {
        using var person = new Person(_daemon);
        using var asking = new Asking(_daemon);
        Assert.NotEqual(asking.AskId(Deploy), asking.AskId(other));
    }

    [Fact]
    public void How_long_one_waits_is_no_part_of_what_is_asked()
    {
        using var person = new Person(_daemon);
        using var asking = new Asking(_daemon);
        Assert.Equal(asking.AskId(Deploy), asking.AskId("""{"resource":"web1","action":"deploy.prod","wait":"20s"}"""));
    }

    [Fact]
    public void The_same_ask_through_another_socket_or_of_another_process_is_another_prompt()
    {
        using var person = new Person(_daemon);
        using var here = new Asking(_daemon);
        using var claude = new Asking(_daemon, "claude");
        using var other = new ForeignProgram(_daemon);
        string[] ids = [here.AskId(Deploy), claude.AskId(Deploy), other.Ask(Deploy).GetProperty("id").GetString()!];
        Assert.Equal(3, ids.Distinct().Count());
        var digests = _daemon.OperatorCall("clearance.pending").GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("digest").GetString()).ToArray();
        Assert.Equal(digests[0], digests[2]);
        Assert.NotEqual(digests[0], digests[1]);
        Assert.Equal(1, person.Decide(person.Next("asked"), "deny").GetProperty("answered").GetInt32());
        Assert.Equal(2, _daemon.Parts.Desk.PendingCount);
    }

    [Fact]
    public void One_whose_time_is_up_leaves_alone()
    {
        using var person = new Person(_daemon);
        using var patient = new Asking(_daemon);
        using var hasty = new Asking(_daemon);
        patient.Ask(Deploy);
        var seen = person.Next("asked");
        hasty.Ask("""{"action":"deploy.prod","resource":"web1","wait":"20ms"}""");
        Assert.Equal((2, 2), Again(person));
        Assert.Equal("timed_out default", hasty.Answer());
        Assert.Equal((2, 1), Again(person));
        Assert.Equal(1, person.Decide(seen, "allow").GetProperty("answered").GetInt32());
        Assert.Equal("allowed operator", patient.Answer());
        Assert.Single(_daemon.AuditRecords(), static r => Kind(r) == "left" && r.GetProperty("outcome").GetString() == "timed_out");
    }

    [Fact]
    public void One_whose_connection_ends_leaves_alone_and_the_last_takes_the_ask_along()
    {
        using var person = new Person(_daemon);
        using var one = new Asking(_daemon);
        var two = new Asking(_daemon);
        one.Ask(Deploy);
        two.Ask(Deploy);
        Assert.Equal((2, 2), Again(person));
        two.Dispose();
        Assert.Equal((2, 1), Again(person));
        one.Dispose();
        Assert.Equal("withdrawn", person.Next("decided").GetProperty("data").GetProperty("outcome").GetString());
        Assert.Equal(0, _daemon.Parts.Desk.PendingCount);
    }

    [Fact]
    public void Two_that_wait_on_one_connection_leave_in_one_moment_and_nothing_stays_behind()
    {
        using var person = new Person(_daemon);
        using (var asking = new Asking(_daemon))
        {
            asking.Ask(Deploy);
            asking.Ask(Deploy);
            asking.Ask(Deploy);
        }

        Assert.Equal("withdrawn", person.Next("decided").GetProperty("data").GetProperty("outcome").GetString());
        Assert.Equal(0, _daemon.Parts.Desk.PendingCount);
        Assert.Equal(1, _daemon.Count(Counter.Withdrawn));
        Assert.Equal(2, _daemon.AuditRecords().Count(static r => Kind(r) == "left"));
    }

    [Fact]
    public void A_request_that_is_withdrawn_twice_in_one_moment_leaves_once()
    {
        using var person = new Person(_daemon);
        using var asking = new Asking(_daemon);
        asking.Ask(Deploy);
        asking.Ask(Deploy);
        const string withdraw = """{"jsonrpc":"2.0","id":"w","method":"clearance.withdraw","params":{"request":2}}""" + "\n";
        asking.Client.Send(withdraw + withdraw);
        string[] answers = [asking.Answer(), asking.Answer(), asking.Answer()];
        Assert.Equal(["unknown_request", "withdrawn default", "withdrawn true"], answers.Order(StringComparer.Ordinal));
        Assert.Single(_daemon.AuditRecords(), static r => Kind(r) == "left");
        Assert.Equal(1, person.Decide(person.Next("asked"), "deny").GetProperty("answered").GetInt32());
        Assert.Equal("denied operator", asking.Answer());
    }

    [Fact]
    public void A_request_withdrawn_by_one_stays_open_for_the_other_and_by_its_id_for_none()
    {
        using var person = new Person(_daemon);
        using var one = new Asking(_daemon);
        using var two = new Asking(_daemon);
        var id = one.AskId(Deploy);
        two.Ask(Deploy);
        string[] mine = [one.Call("clearance.withdraw", """{"request":1}"""), one.Answer()];
        Assert.Equal(["withdrawn default", "withdrawn true"], mine.Order(StringComparer.Ordinal));
        Assert.Equal(1, _daemon.Parts.Desk.PendingCount);
        Assert.Equal("withdrawn true", one.Call("clearance.withdraw", $$"""{"id":"{{id}}"}"""));
        Assert.Equal("withdrawn default", two.Answer());
        Assert.Equal("unknown_request", two.Call("clearance.withdraw", $$"""{"id":"{{id}}"}"""));
    }

    [Fact]
    public void Who_waits_by_id_counts_as_waiting_and_keeps_the_ask_open()
    {
        using var person = new Person(_daemon);
        var one = new Asking(_daemon);
        using var two = new Asking(_daemon);
        var id = one.AskId(Deploy);
        var seen = person.Next("asked");
        two.Client.Send($$$"""{"jsonrpc":"2.0","id":1,"method":"clearance.wait","params":{"id":"{{{id}}}"}}""" + "\n");
        Eventually.True(() => _daemon.Parts.Desk.FindById(Id(id))!.Waiters.Count == 2, "both wait");
        one.Dispose();
        Eventually.True(() => _daemon.AuditRecords().Any(static r => Kind(r) == "left"), "the first has left");
        Assert.Equal(1, person.Decide(seen, "allow").GetProperty("answered").GetInt32());
        Assert.Equal("allowed operator", two.Answer());
    }

    private static RequestId Id(string text) => RequestId.TryParse(Encoding.ASCII.GetBytes(text), out var id) ? id : default;

    private static string Kind(JsonElement record) => record.GetProperty("kind").GetString()!;

    private static (int Times, int Waiting) Again(Person person)
    {
        var data = person.Next("asked_again").GetProperty("data");
        return (data.GetProperty("times").GetInt32(), data.GetProperty("waiting").GetInt32());
    }
}
