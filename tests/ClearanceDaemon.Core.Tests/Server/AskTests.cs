using System.Text.Json;

namespace ClearanceDaemon.Core.Tests.Server;

public sealed class AskTests : IDisposable
{
    private readonly TestDaemon _daemon = new();

    public void Dispose() => _daemon.Dispose();

    [Theory]
    [InlineData("demo.read", "allowed", "rule:read")]
    [InlineData("demo.write", "denied", "rule:write")]
    [InlineData("demo.shut", "denied", "rule:shut")]
    [InlineData("demo.own", "abstained", "rule:own")]
    [InlineData("demo.unknown", "no_operator", "default")]
    public void An_ask_ends_as_its_rule_says(string action, string outcome, string by)
    {
        var result = _daemon.AskOnce($$"""{"action":"{{action}}"}""");
        Assert.Equal(outcome, result.GetProperty("outcome").GetString());
        Assert.Equal(by, result.GetProperty("by").GetString());
        Assert.Equal(32, result.GetProperty("id").GetString()!.Length);
    }

    [Fact]
    public void A_denial_tells_the_rules_reason_and_an_allow_has_none()
    {
        Assert.Equal("demo says no", _daemon.AskOnce("""{"action":"demo.write"}""").GetProperty("reason").GetString());
        Assert.Equal("nobody is there to answer", _daemon.AskOnce("""{"action":"demo.shut"}""").GetProperty("reason").GetString());
        Assert.False(_daemon.AskOnce("""{"action":"demo.read"}""").TryGetProperty("reason", out _));
    }

    [Fact]
    public void The_digest_is_told_where_a_person_could_be_asked()
    {
        Assert.StartsWith("sha256:", _daemon.AskOnce("""{"action":"demo.unknown"}""").GetProperty("digest").GetString(), StringComparison.Ordinal);
        Assert.False(_daemon.AskOnce("""{"action":"demo.read"}""").TryGetProperty("digest", out _));
        Assert.False(_daemon.AskOnce("""{"action":"demo.write"}""").TryGetProperty("digest", out _));
    }

    [Fact]
    public void The_same_ask_has_the_same_digest_and_another_id_whatever_the_order_of_its_members()
    {
        var one = _daemon.AskOnce("""{"action":"x.y","details":{"b":1,"a":"z"},"resource":"r"}""");
        var two = _daemon.AskOnce("""{"resource":"r","details":{"a":"z","b":1},"action":"x.y"}""");
        var three = _daemon.AskOnce("""{"resource":"r","details":{"a":"z","b":2},"action":"x.y"}""");
        Assert.Equal(one.GetProperty("digest").GetString(), two.GetProperty("digest").GetString());
        Assert.NotEqual(one.GetProperty("digest").GetString(), three.GetProperty("digest").GetString());
        Assert.NotEqual(one.GetProperty("id").GetString(), two.GetProperty("id").GetString());
    }

    [Fact]
    public void A_rule_can_tell_the_sockets_apart()
    {
        Assert.Equal("allowed", _daemon.AskOnce("""{"action":"demo.via"}""", "claude").GetProperty("outcome").GetString());
        Assert.Equal("no_operator", _daemon.AskOnce("""{"action":"demo.via"}""").GetProperty("outcome").GetString());
        Assert.Equal("no_operator", _daemon.AskOnce("""{"action":"demo.via"}""", "operator").GetProperty("outcome").GetString());
    }

    [Fact]
    public void Every_answered_ask_is_on_record_with_the_kernels_word_on_who_asked()
    {
        _daemon.AskOnce("""{"action":"demo.read","resource":"r","argv":["a","b c"],"details":{"k":"v","n":3,"f":true},"reason":"because"}""");
        var record = _daemon.AuditRecords().Single(static r => r.GetProperty("kind").GetString() == "verdict");
        Assert.Equal("demo.read", record.GetProperty("action").GetString());
        Assert.Equal("allowed", record.GetProperty("outcome").GetString());
        Assert.Equal("rule:read", record.GetProperty("by").GetString());
        Assert.Equal("ask", record.GetProperty("via").GetString());
        Assert.Equal(Environment.ProcessId, record.GetProperty("pid").GetInt32());
        Assert.Equal("""["a","b c"]""", record.GetProperty("argv").GetRawText());
        Assert.Equal("""{"k":"v","n":3,"f":true}""", record.GetProperty("details").GetRawText());
        Assert.Equal("because", record.GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("uid", "0")]
    [InlineData("pid", "1")]
    [InlineData("peer", "{}")]
    [InlineData("user", "\"root\"")]
    [InlineData("via", "\"claude\"")]
    public void B16_what_a_client_says_of_itself_is_refused(string member, string value)
    {
        var error = _daemon.AskOnce($$"""{"action":"demo.read","{{member}}":{{value}}}""");
        Assert.Equal("invalid_params", error.GetProperty("data").GetProperty("code").GetString());
        Assert.Equal(member, error.GetProperty("data").GetProperty("member").GetString());
    }

    [Fact]
    public void A_thousand_pipelined_asks_come_back_a_thousand()
    {
        using var client = _daemon.Ask();
        client.Send(string.Concat(Enumerable.Range(0, 1000).Select(static i =>
            $$$"""{"jsonrpc":"2.0","id":{{{i}}},"method":"clearance.ask","params":{"action":"demo.read"}}""" + "\n")));
        var ids = Enumerable.Range(0, 1000).Select(_ => TestDaemon.Parse(client.ReadLine()!).GetProperty("id").GetInt32()).Order();
        Assert.Equal(Enumerable.Range(0, 1000), ids);
        Assert.Equal(1000, _daemon.AuditRecords().Count(static r => r.GetProperty("kind").GetString() == "verdict"));
    }

    [Theory]
    [InlineData("rules.list")]
    [InlineData("rules.explain")]
    [InlineData("rules.reload")]
    [InlineData("audit.read")]
    [InlineData("daemon.status")]
    [InlineData("no.such.method")]
    public void B69_the_operators_methods_do_not_exist_for_askers(string method)
    {
        using var client = _daemon.Ask();
        var error = TestDaemon.Call(client, method);
        Assert.Equal("method_not_found", error.GetProperty("data").GetProperty("code").GetString());
        Assert.Equal("no such method on this socket", error.GetProperty("message").GetString());
    }

    [Fact]
    public void Hello_tells_what_the_socket_is_and_how_the_kernel_sees_the_caller()
    {
        using var client = _daemon.Ask("claude");
        var hello = TestDaemon.Call(client, "clearance.hello");
        Assert.Equal("1.2.3", hello.GetProperty("version").GetString());
        Assert.Equal(1, hello.GetProperty("protocol").GetInt32());
        Assert.Equal("ask", hello.GetProperty("role").GetString());
        Assert.Equal("claude", hello.GetProperty("via").GetString());
        Assert.Equal(65536, hello.GetProperty("limits").GetProperty("lineBytes").GetInt32());
        Assert.Equal(Environment.ProcessId, hello.GetProperty("peer").GetProperty("pid").GetInt32());
        using var operators = _daemon.Operator();
        Assert.Equal("operator", TestDaemon.Call(operators, "clearance.hello").GetProperty("role").GetString());
    }

    [Theory]
    [InlineData("clearance.ping", "")]
    [InlineData("clearance.ping", ",\"params\":{}")]
    [InlineData("clearance.ping", ",\"params\":{ }")]
    public void Ping_answers_with_the_pid(string method, string parameters)
    {
        using var client = _daemon.Ask();
        var reply = client.Ask($$"""{"jsonrpc":"2.0","id":"x","method":"{{method}}"{{parameters}}}""");
        Assert.Equal($$$"""{"jsonrpc":"2.0","id":"x","result":{"pong":true,"pid":{{{Environment.ProcessId}}}}}""", reply);
    }

    [Fact]
    public void A_method_without_parameters_takes_none()
    {
        using var client = _daemon.Ask();
        Assert.Equal(-32602, TestDaemon.Call(client, "clearance.ping", """{"x":1}""").GetProperty("code").GetInt32());
        Assert.Equal(-32602, TestDaemon.Call(client, "clearance.hello", """{"x":1}""").GetProperty("code").GetInt32());
    }

    [Fact]
    public void A_bad_line_is_answered_and_the_connection_lives()
    {
        using var client = _daemon.Ask();
        Assert.Equal(-32700, TestDaemon.Parse(client.Ask("not json")).GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(JsonValueKind.Null, TestDaemon.Parse(client.Ask("[]")).GetProperty("id").ValueKind);
        Assert.True(TestDaemon.Call(client, "clearance.ping").GetProperty("pong").GetBoolean());
    }

    [Fact]
    public void B32_a_line_over_the_cap_is_answered_too_large_and_then_the_connection_ends()
    {
        using var client = _daemon.Ask();
        var reply = TestDaemon.Parse(client.Ask(new string(' ', 65537)));
        Assert.Equal("too_large", reply.GetProperty("error").GetProperty("data").GetProperty("code").GetString());
        Assert.True(client.IsClosedByServer());
        using var operators = _daemon.Operator();
        Assert.Equal(-32700, TestDaemon.Parse(operators.Ask(new string(' ', 65537))).GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public void B35_a_lone_surrogate_is_an_invalid_request_and_the_connection_lives()
    {
        using var client = _daemon.Ask();
        foreach (var member in new[] { "action", "resource", "title", "reason", "project", "as", "wait", "key" })
        {
            var error = TestDaemon.Call(client, "clearance.ask", $$"""{"{{member}}":"\ud800"}""");
            Assert.Equal("invalid_request", error.GetProperty("data").GetProperty("code").GetString());
        }
    }
}
