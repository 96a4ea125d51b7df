using System.Text;
using ClearanceDaemon.Protocol.Methods;
using static ClearanceDaemon.Protocol.Tests.ScriptedDaemon;

namespace ClearanceDaemon.Protocol.Tests;

public sealed class ClearanceClientTests
{
    private const string Pong = """{"jsonrpc":"2.0","id":1,"result":{"pong":true,"pid":42}}""";
    private const string Allowed = """{"outcome":"allowed","id":"7f3a00112233445566778899aabbccdd","by":"rule:github"}""";

    [Fact]
    public void A_call_is_a_line_and_so_is_its_answer()
    {
        using var daemon = new ScriptedDaemon(Says(Pong), Says("""{"jsonrpc":"2.0","id":2,"result":""" + Allowed + "}\r"));
        using var client = new ClearanceClient(daemon.Stream);
        Assert.Equal(42, client.Ping().Pid);
        Assert.Equal("rule:github", client.Ask(new AskParams { Action = "net.connect" }).By);
        Assert.Equal(
            ["""{"jsonrpc":"2.0","id":1,"method":"clearance.ping","params":{}}""", """{"jsonrpc":"2.0","id":2,"method":"clearance.ask","params":{"action":"net.connect"}}"""],
            daemon.Received);
    }

    [Fact]
    public async Task The_same_without_blocking()
    {
        using var daemon = new ScriptedDaemon(Says(Pong));
        await using var client = new ClearanceClient(daemon.Stream);
        var answer = await client.CallAsync(ClearanceMethods.Ping, new NoParams(), TestContext.Current.CancellationToken);
        Assert.Equal(42, answer.Pid);
    }

    [Fact]
    public void Every_request_is_one_the_daemons_reader_takes()
    {
        using var daemon = new ScriptedDaemon(line =>
        {
            Assert.True(RequestLines.Read(line).Accepted);
            return Encoding.UTF8.GetBytes("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + Allowed + "}\n");
        });
        using var client = new ClearanceClient(daemon.Stream);
        client.Ask(new AskParams { Action = "a", Title = "quote \" control \u0001 emoji 😀 <b>", Argv = ["é", ""] });
    }

    [Fact]
    public void Notifications_between_reach_their_callbacks_first()
    {
        using var daemon = new ScriptedDaemon(Says(
            """{"jsonrpc":"2.0","method":"clearance.asked","params":{"request":1,"id":"00","digest":"sha256:00","deadline":"2026-11-20T22:53:20.123Z"}}""",
            """{"jsonrpc":"2.0","method":"clearance.event","params":{"seq":1,"epoch":"e","time":"2026-11-20T22:53:20.123Z","type":"operators","data":{"present":1}}}""",
            """{"jsonrpc":"2.0","method":"clearance.news","params":{"seq":2}}""",
            """{"jsonrpc":"2.0","id":1,"result":""" + Allowed + "}"));
        using var client = new ClearanceClient(daemon.Stream);
        var seen = new List<string>();
        client.Asked = asked => seen.Add($"asked {asked.Request} {asked.Deadline}");
        client.Happened = happened => seen.Add($"{happened.Type} {happened.Seq} {happened.Data}");
        client.Notified = (method, body) => seen.Add($"{method} {Encoding.UTF8.GetString(body.Span)}");
        client.Ask(new AskParams { Action = "a" });
        Assert.Equal(["asked 1 2026-11-20T22:53:20.123Z", """operators 1 {"present":1}""", """clearance.news {"seq":2}"""], seen);
    }

    [Fact]
    public void An_error_is_an_exception_with_all_it_says_and_the_connection_lives()
    {
        using var daemon = new ScriptedDaemon(
            Says("""{"jsonrpc":"2.0","id":1,"error":{"code":-32003,"message":"Too many.","data":{"code":"busy","member":"m","retryAfter":"90s"}}}"""),
            Says("""{"jsonrpc":"2.0","id":2,"error":{"code":-1,"message":"?","data":{"code":"news"}}}"""),
            Says("""{"jsonrpc":"2.0","id":3,"result":{"pong":true,"pid":1}}"""));
        using var client = new ClearanceClient(daemon.Stream);
        var busy = Assert.Throws<RpcException>(() => client.Ping());
        Assert.Equal(new RpcError(RpcErrorCode.Busy, "Too many.") { Name = "busy", Member = "m", RetryAfter = TimeSpan.FromSeconds(90) }, busy.Error);
        Assert.Equal(new RpcError(RpcErrorCode.None, "?") { Name = "news" }, Assert.Throws<RpcException>(() => client.Ping()).Error);
        Assert.Equal(1, client.Ping().Pid);
    }

    [Fact]
    public void An_error_without_an_id_ends_the_call_it_meets()
    {
        using var daemon = new ScriptedDaemon(Says("""{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"The line is too long.","data":{"code":"too_large"}}}"""));
        using var client = new ClearanceClient(daemon.Stream);
        Assert.Equal(RpcErrorCode.TooLarge, Assert.Throws<RpcException>(() => client.Ping()).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("""{"jsonrpc":"2.0","id":2,"result":{"pong":true,"pid":1}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"1","result":{"pong":true,"pid":1}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"pong":true}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":null}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"pong":true,"pid":1,"pid":2}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"pong":true,"pid":1},"error":{"code":-1,"message":""}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"message":"no code"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"result":{"pong":true,"pid":1}}""")]
    public void B29_what_is_no_answer_is_never_taken_for_one(string line)
    {
        using var daemon = new ScriptedDaemon(Says(line));
        using var client = new ClearanceClient(daemon.Stream);
        Assert.Throws<InvalidDataException>(() => client.Ping());
    }

    [Fact]
    public void B35_a_lone_surrogate_in_a_result_is_no_answer()
    {
        using var daemon = new ScriptedDaemon(Says("""{"jsonrpc":"2.0","id":1,"result":{"outcome":"allowed","id":"\ud800"}}"""));
        using var client = new ClearanceClient(daemon.Stream);
        Assert.Throws<InvalidDataException>(() => client.Ask(new AskParams { Action = "a" }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"pong":true,"pid":42}}""")]
    public void A_connection_that_ends_before_the_whole_line_is_no_answer(string unfinished)
    {
        using var daemon = new ScriptedDaemon(_ => Encoding.UTF8.GetBytes(unfinished));
        using var client = new ClearanceClient(daemon.Stream);
        Assert.Throws<EndOfStreamException>(() => client.Ping());
    }

    [Fact]
    public void B31_an_answer_of_the_cap_is_read_and_one_byte_more_is_not()
    {
        const int Cap = 4096;
        foreach (var extra in new[] { 0, 1 })
        {
            using var daemon = new ScriptedDaemon(_ => Encoding.UTF8.GetBytes(Pong + new string(' ', Cap + extra - Pong.Length) + "\n"));
            using var client = new ClearanceClient(daemon.Stream, Cap);
            if (extra == 0)
            {
                Assert.Equal(42, client.Ping().Pid);
            }
            else
            {
                Assert.Throws<InvalidDataException>(() => client.Ping());
            }
        }
    }

    [Fact]
    public void B31_a_daemon_that_never_ends_its_line_is_given_up_at_the_cap()
    {
        using var daemon = new ScriptedDaemon(_ => new byte[200_000]);
        using var client = new ClearanceClient(daemon.Stream, ProtocolLimits.AskLineBytes);
        Assert.Throws<InvalidDataException>(() => client.Ping());
    }

    [Fact]
    public async Task The_answer_to_a_cancelled_call_is_skipped_when_it_comes()
    {
        using var cancel = new CancellationTokenSource();
        using var daemon = new ScriptedDaemon(
            _ =>
            {
                cancel.Cancel();
                return [];
            },
            Says(Pong, """{"jsonrpc":"2.0","id":2,"result":{"pong":true,"pid":43}}"""));
        await using var client = new ClearanceClient(daemon.Stream);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.CallAsync(ClearanceMethods.Ping, new NoParams(), cancel.Token));
        Assert.Equal(43, client.Ping().Pid);
    }

    [Fact]
    public void A_second_call_meanwhile_is_refused()
    {
        using var daemon = new ScriptedDaemon(Says("""{"jsonrpc":"2.0","method":"x","params":{}}""", Pong));
        using var client = new ClearanceClient(daemon.Stream);
        client.Notified = (_, _) => Assert.Throws<InvalidOperationException>(() => client.Ping());
        Assert.Equal(42, client.Ping().Pid);
    }

    [Fact]
    public void Every_helper_calls_its_method()
    {
        var calls = new (Action<ClearanceClient> Call, string Method)[]
        {
            (static c => c.Hello(), MethodNames.Hello),
            (static c => c.Wait(new WaitParams { Key = "k" }), MethodNames.Wait),
            (static c => c.Withdraw(new WithdrawParams { Request = new RpcId(1) }), MethodNames.Withdraw),
            (static c => c.Status(), MethodNames.Status),
            (static c => c.RulesList(), MethodNames.RulesList),
            (static c => c.RulesExplain(new RulesExplainParams { Action = "a" }), MethodNames.RulesExplain),
            (static c => c.RulesReload(), MethodNames.RulesReload),
            (static c => c.AuditRead(new AuditReadParams()), MethodNames.AuditRead),
            (static c => c.AuditVerify(), MethodNames.AuditVerify),
            (static c => c.Pending(new PendingParams()), MethodNames.Pending),
            (static c => c.Decide(new DecideParams { Id = "7f3a", Digest = "d", Verdict = VerdictWord.Deny }), MethodNames.Decide),
            (static c => c.Subscribe(new SubscribeParams()), MethodNames.Subscribe),
            (static c => c.GrantsList(new GrantsListParams()), MethodNames.GrantsList),
            (static c => c.GrantsRevoke(new GrantsRevokeParams { All = true }), MethodNames.GrantsRevoke),
            (static c => c.Lockdown(new LockdownParams()), MethodNames.Lockdown),
        };
        foreach (var (call, method) in calls)
        {
            using var daemon = new ScriptedDaemon(Says("""{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Not here."}}"""));
            using var client = new ClearanceClient(daemon.Stream);
            Assert.Equal(RpcErrorCode.MethodNotFound, Assert.Throws<RpcException>(() => call(client)).Code);
            Assert.Contains($"\"method\":\"{method}\"", daemon.Received[0], StringComparison.Ordinal);
        }
    }
}
