using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.Metrics;

namespace ClearanceDaemon.Core.Tests.Server;

public sealed class WaitTests : IDisposable
{
    private readonly TestDaemon _daemon = new();

    public void Dispose() => _daemon.Dispose();

    [Fact]
    public void An_ask_that_waits_is_told_so_and_times_out_at_its_own_time()
    {
        using var client = _daemon.Ask();
        var asked = TestDaemon.Parse(client.Ask(Ask(7, """{"action":"demo.wait","wait":"50ms"}""")));
        Assert.Equal("clearance.asked", asked.GetProperty("method").GetString());
        Assert.Equal(7, asked.GetProperty("params").GetProperty("request").GetInt32());
        var answer = TestDaemon.Parse(client.ReadLine()!);
        Assert.Equal(7, answer.GetProperty("id").GetInt32());
        Assert.Equal("timed_out", answer.GetProperty("result").GetProperty("outcome").GetString());
        Assert.Equal("rule:wait", answer.GetProperty("result").GetProperty("by").GetString());
        Assert.Equal(asked.GetProperty("params").GetProperty("id").GetString(), answer.GetProperty("result").GetProperty("id").GetString());
        Assert.Equal(asked.GetProperty("params").GetProperty("digest").GetString(), answer.GetProperty("result").GetProperty("digest").GetString());
        Assert.Equal(["asked", "verdict"], Kinds());
    }

    [Fact]
    public void An_ask_with_no_time_to_wait_asks_the_rules_alone()
    {
        Assert.Equal("timed_out", _daemon.AskOnce("""{"action":"demo.wait","wait":"0s"}""").GetProperty("outcome").GetString());
        Assert.Equal(["verdict"], Kinds());
    }

    [Fact]
    public void A_waiting_connection_still_answers_its_other_requests()
    {
        using var client = _daemon.Ask();
        client.Ask(Ask(1, """{"action":"demo.wait"}"""));
        Assert.True(TestDaemon.Parse(client.Ask("""{"jsonrpc":"2.0","id":2,"method":"clearance.ping"}""")).GetProperty("result").GetProperty("pong").GetBoolean());
    }

    [Fact]
    public void An_ask_is_withdrawn_by_id_by_request_and_never_twice()
    {
        using var client = _daemon.Ask();
        var id = TestDaemon.Parse(client.Ask(Ask("\"a\"", """{"action":"demo.wait"}"""))).GetProperty("params").GetProperty("id").GetString();
        client.Send(Line(2, "clearance.withdraw", $$"""{"id":"{{id}}"}""") + "\n");
        Assert.Equal(["withdrawn", "true"], new[] { client.ReadLine()!, client.ReadLine()! }.Select(Essence).Order(StringComparer.Ordinal).Reverse());

        client.Ask(Ask("\"b\"", """{"action":"demo.wait"}"""));
        client.Send(Line(3, "clearance.withdraw", """{"request":"b"}""") + "\n");
        Assert.Equal(["withdrawn", "true"], new[] { client.ReadLine()!, client.ReadLine()! }.Select(Essence).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal("unknown_request", Essence(client.Ask(Line(4, "clearance.withdraw", """{"request":"b"}"""))));
        Assert.Equal("unknown_request", Essence(client.Ask(Line(5, "clearance.withdraw", $$"""{"id":"{{id}}"}"""))));
    }

    [Fact]
    public void An_ask_without_a_key_ends_with_its_connection()
    {
        using (var client = _daemon.Ask())
        {
            client.Ask(Ask(1, """{"action":"demo.wait"}"""));
        }

        Eventually.True(() => _daemon.Count(Counter.Withdrawn) == 1, "the ask is withdrawn");
    }

    [Fact]
    public void An_ask_with_a_key_outlives_its_connection_and_is_waited_for_again_on_its_socket_only()
    {
        using (var client = _daemon.Ask())
        {
            client.Ask(Ask(1, """{"action":"demo.wait","key":"k"}"""));
        }

        Eventually.True(() => _daemon.Count(Counter.ConnectionsOpen) == 0, "the asker is gone");
        Assert.Equal(0, _daemon.Count(Counter.Withdrawn));
        using var stranger = _daemon.Ask("claude");
        Assert.Equal("unknown_request", Essence(stranger.Ask(Line(1, "clearance.wait", """{"key":"k"}"""))));
        using var again = _daemon.Ask();
        Assert.Equal("timed_out", Essence(again.Ask(Line(2, "clearance.wait", """{"key":"k","wait":"10ms"}"""))));
        Assert.Equal("true", Essence(again.Ask(Line(3, "clearance.withdraw", """{"key":"k"}"""))));
        Assert.Equal("unknown_request", Essence(again.Ask(Line(4, "clearance.wait", """{"key":"k"}"""))));
    }

    [Fact]
    public void The_same_ask_with_its_key_joins_and_another_ask_with_it_is_refused()
    {
        using var one = _daemon.Ask();
        using var two = _daemon.Ask();
        var first = TestDaemon.Parse(one.Ask(Ask(1, """{"action":"demo.wait","key":"k"}"""))).GetProperty("params").GetProperty("id").GetString();
        var second = TestDaemon.Parse(two.Ask(Ask(1, """{"action":"demo.wait","key":"k"}"""))).GetProperty("params").GetProperty("id").GetString();
        Assert.Equal(first, second);
        Assert.Equal("invalid_params", Essence(two.Ask(Ask(2, """{"action":"demo.wait","key":"k","resource":"other"}"""))));
    }

    [Fact]
    public void A_wait_of_a_year_is_a_wait()
    {
        using var client = _daemon.Ask();
        Assert.Contains("clearance.asked", client.Ask(Ask(1, """{"action":"demo.wait","wait":"366d"}""")), StringComparison.Ordinal);
        Assert.True(TestDaemon.Call(client, "clearance.ping").GetProperty("pong").GetBoolean());
    }

    [Fact]
    public void An_ask_fits_the_line_of_an_ask_socket_also_on_the_operators()
    {
        using var client = _daemon.Operator();
        var filler = string.Join(',', Enumerable.Repeat("\"" + new string('x', 100) + "\"", 700));
        Assert.Equal("too_large", Essence(client.Ask(Ask(1, $$"""{"action":"demo.read","argv":[{{filler}}]}"""))));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":"00000000000000000000000000000000","key":"k"}""")]
    [InlineData("""{"id":"short"}""")]
    [InlineData("""{"id":"0000000000000000000000000000000G"}""")]
    [InlineData("""{"key":""}""")]
    [InlineData("""{"key":"k","wait":"soon"}""")]
    [InlineData("""{"key":"k","more":1}""")]
    [InlineData("""{"request":1}""")]
    public void A_wait_names_one_ask_and_nothing_else(string parameters)
    {
        using var client = _daemon.Ask();
        Assert.Equal("invalid_params", Essence(client.Ask(Line(1, "clearance.wait", parameters))));
    }

    [Fact]
    public void As_many_asks_of_a_socket_wait_as_its_share_of_the_limit_and_one_more_is_told_to_come_back()
    {
        using var daemon = new TestDaemon(options: static o => o with { MaxPending = 8 });
        using var client = daemon.Ask();
        client.Ask(Ask(1, """{"action":"demo.wait"}"""));
        client.Ask(Ask(2, """{"action":"demo.wait","resource":"2"}"""));
        var error = TestDaemon.Parse(client.Ask(Ask(3, """{"action":"demo.wait","resource":"3"}"""))).GetProperty("error").GetProperty("data");
        Assert.Equal("busy", error.GetProperty("code").GetString());
        Assert.Equal("5s", error.GetProperty("retryAfter").GetString());
        Assert.Equal(2, daemon.Parts.Desk.PendingCount);
        using var other = daemon.Ask("claude");
        Assert.Contains("clearance.asked", other.Ask(Ask(4, """{"action":"demo.wait"}""")), StringComparison.Ordinal);
    }

    private static string Line(int id, string method, string parameters) => $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""";

    private static string Ask(object id, string parameters) => $$"""{"jsonrpc":"2.0","id":{{id}},"method":"clearance.ask","params":{{parameters}}}""";

    private static string Essence(string line)
    {
        var reply = TestDaemon.Parse(line);
        if (reply.TryGetProperty("error", out var error))
        {
            return error.GetProperty("data").GetProperty("code").GetString()!;
        }

        var result = reply.GetProperty("result");
        return result.TryGetProperty("withdrawn", out var withdrawn) ? withdrawn.GetRawText() : result.GetProperty("outcome").GetString()!;
    }

    private IEnumerable<string> Kinds() =>
        _daemon.AuditRecords().Select(static r => r.GetProperty("kind").GetString()!).Where(static kind => kind is "asked" or "verdict");
}
