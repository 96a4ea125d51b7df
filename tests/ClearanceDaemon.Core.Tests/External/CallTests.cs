using System.Text;
using System.Text.Json;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.External;
using ClearanceDaemon.Core.Tests.Server;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.External;

/// <summary>Methods that programs answer, over the wire: who may call them, what is sent, what comes back.</summary>
public sealed class CallTests : IDisposable
{
    private readonly HandlerWorld _world = new([("hello", HandlerWorld.Hello)]);

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("hello.world", "ask")]
    [InlineData("hello.world", "claude")]
    [InlineData("hello.world", "operator")]
    [InlineData("hello.secret", "operator")]
    public async Task A_method_is_answered_by_its_handler_byte_for_byte(string method, string via)
    {
        var call = _world.CallAsync(method, """{"b":[1,{"x":"ä"}],"a":"é"}""", via);
        var order = _world.Fake.Next();
        Assert.Equal($"hello call {method}", order.Essence);
        var role = via == "operator" ? "operator" : "ask";
        Assert.Equal($$"""{"uid":{{Environment.UserName switch { "root" => "0", _ => order.Params.GetProperty("peer").GetProperty("uid").GetRawText() }}},"gid":{{order.Params.GetProperty("peer").GetProperty("gid")}},"pid":{{Environment.ProcessId}},"via":"{{via}}","role":"{{role}}"}""", order.Params.GetProperty("peer").GetRawText());
        order.Call("""{ "n" : 1.50, "s":"\u00e4" , "deep":[[[]]]}""");
        Assert.Equal("""{ "n" : 1.50, "s":"\u00e4" , "deep":[[[]]]}""", (await call).GetRawText());
    }

    [Fact]
    public async Task The_request_is_canonical_and_its_bytes_have_the_digest_that_is_cited()
    {
        var call = _world.CallAsync("hello.world", """{ "z":1, "a":{"c":true, "b":"\u0041"} }""", "ask");
        var order = _world.Fake.Next();
        var request = order.Request.GetRawText();
        Assert.Equal($$$"""{"method":"hello.world","params":{"a":{"b":"A","c":true},"z":1},"uid":{{{order.Request.GetProperty("uid")}}},"v":1,"via":"ask"}""", request);
        Span<byte> hash = stackalloc byte[Sha256.HashBytes];
        Sha256.Hash(Encoding.UTF8.GetBytes(request), hash);
        Assert.Equal("sha256:" + Hex.Text(hash), order.Digest);
        Assert.False(order.Params.TryGetProperty("test", out _));
        order.Call();
        await call;
    }

    [Theory]
    [InlineData("hello.secret", "ask")]
    [InlineData("hello.secret", "claude")]
    [InlineData("hello.other", "ask")]
    [InlineData("other.world", "ask")]
    public void B69_a_method_for_others_is_not_found_and_nothing_is_sent(string method, string via)
    {
        var error = _world.Call(method, "{}", via);
        Assert.Equal("method_not_found", Asking.Essence(error));
        Assert.Equal(_world.Call("no.such", "{}", via).GetRawText(), error.GetRawText());
        Assert.Empty(_world.Fake.Seen);
    }

    [Theory]
    [InlineData("""{"n":1.5}""")]
    [InlineData("""{"n":1e2}""")]
    [InlineData("""{"n":9007199254740992}""")]
    [InlineData("""{"deep":[{"n":-0.1}]}""")]
    public void What_has_no_canonical_form_is_invalid_and_not_sent(string parameters)
    {
        var error = _world.Call("hello.world", parameters);
        Assert.Equal("invalid_params", Asking.Essence(error));
        Assert.Equal(ExternalMethod.NoCanonicalForm, error.GetProperty("message").GetString());
        Assert.Empty(_world.Fake.Seen);
    }

    [Theory]
    [InlineData("""{"result":{"digest":"sha256:0000000000000000000000000000000000000000000000000000000000000000","result":{}}}""", "does not cite")]
    [InlineData("""{"result":{"result":{}}}""", "does not cite")]
    [InlineData("""{"result":{"digest":17,"result":{}}}""", "does not cite")]
    [InlineData("""{"result":["x"]}""", "does not cite")]
    [InlineData("""{"result":"x"}""", "does not cite")]
    [InlineData("""{}""", "does not cite")]
    [InlineData("""{"result":null}""", "does not cite")]
    [InlineData("""{"result":{"digest":"DIGEST"}}""", "has no result")]
    [InlineData("""{"result":{"digest":"DIGEST","result":{}},"failure":{"why":"protocol","message":"two answers"}}""", "two answers")]
    [InlineData("""{"failure":{"why":"deadline","message":"no answer within 5s"}}""", "no answer within 5s")]
    [InlineData("""{"failure":{"why":null,"message":null}}""", "handler hello:")]
    [InlineData("""{"failure":17}""", "something else than a reply")]
    [InlineData("""{"failure":{"why":"x"}}""", "something else than a reply")]
    [InlineData("""{"result":{"digest":"DIGEST","result":{}},"result":{}}""", "")]
    [InlineData("17", "something else than a reply")]
    [InlineData("null", "answered with nothing")]
    public async Task B60_what_is_no_answer_to_this_request_is_the_handlers_failure(string reply, string message)
    {
        var call = _world.CallAsync("hello.world");
        var order = _world.Fake.Next();
        order.Reply(reply.Replace("DIGEST", order.Digest, StringComparison.Ordinal));
        var error = await call;
        Assert.Equal("handler_failed", Asking.Essence(error));
        Assert.Contains(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deadline", "it did not answer in time")]
    [InlineData("start", "it could not be started")]
    [InlineData("exit", "it ended without an answer")]
    [InlineData("output", "it answered too much")]
    [InlineData("unavailable", "it cannot be reached")]
    [InlineData("protocol", "its answer makes no sense")]
    [InlineData("something new", "its answer makes no sense")]
    public async Task An_asker_is_told_the_kind_of_a_failure_and_nothing_of_where_things_are(string why, string told)
    {
        var call = _world.CallAsync("hello.world", via: "ask");
        _world.Fake.Next().Reply($$"""{"failure":{"why":"{{why}}","message":"/home/me/bin/hello.sh: no","stderr":"secret"} }""");
        Assert.Equal($"handler hello: {told}", (await call).GetProperty("message").GetString());
    }

    [Theory]
    [InlineData(-32602, "invalid_params")]
    [InlineData(-32002, "forbidden")]
    [InlineData(-32003, "handler_failed")]
    [InlineData(-32601, "handler_failed")]
    [InlineData(-32008, "handler_failed")]
    [InlineData(17, "handler_failed")]
    [InlineData(0, "handler_failed")]
    public async Task B45_a_handlers_own_error_is_told_cleaned_and_says_who(int code, string told)
    {
        var call = _world.CallAsync("hello.world");
        _world.Fake.Next().Error(code, "no \u001b[31msuch\u202e thing");
        var error = await call;
        Assert.Equal(told, Asking.Essence(error));
        var message = error.GetProperty("message").GetString()!;
        Assert.StartsWith("handler hello: no ", message, StringComparison.Ordinal);
        Assert.DoesNotContain(message, static c => char.IsControl(c) || c == '\u202e');

        // An error is an answer: nothing is wrong with the handler.
        Assert.Equal("ok", _world.State("hello"));
    }

    [Theory]
    [InlineData("busy", "busy")]
    [InlineData("start", "handler_failed")]
    [InlineData("exit", "handler_failed")]
    [InlineData("output", "handler_failed")]
    [InlineData("unavailable", "handler_failed")]
    [InlineData("never heard of", "handler_failed")]
    public async Task Each_failure_has_its_code(string why, string told)
    {
        var call = _world.CallAsync("hello.world");
        _world.Fake.Next().Fail(why);
        Assert.Equal(told, Asking.Essence(await call));
    }

    [Theory]
    [InlineData("hello.world", "ask", ProtocolLimits.AskLineBytes)]
    [InlineData("hello.secret", "operator", ProtocolLimits.OperatorLineBytes)]
    public async Task A_result_fits_the_line_of_its_socket_or_fails(string method, string via, int cap)
    {
        foreach (var (length, fits) in new[] { (cap - 600, true), (cap, false) })
        {
            var call = _world.CallAsync(method, "{}", via);
            _world.Fake.Next().Call($"\"{new string('x', length)}\"");
            var answer = await call;
            Assert.Equal(fits ? JsonValueKind.String : JsonValueKind.Object, answer.ValueKind);
            Assert.True(fits || Asking.Essence(answer) == "handler_failed", "it is refused");
        }
    }

    [Fact]
    public async Task A_failures_texts_are_cut_before_they_go_anywhere()
    {
        var call = _world.CallAsync("hello.world");
        _world.Fake.Next().Reply($$$"""{"failure":{"why":"exit","message":"{{{new string('m', 500_000)}}}","stderr":"{{{new string('e', 500_000)}}}"}}""");
        Assert.InRange((await call).GetProperty("message").GetString()!.Length, 1000, HandlerAnswer.MessageBytes + 20);
        var known = _world.Item("hello").GetProperty("lastFailure");
        Assert.InRange(known.GetProperty("message").GetString()!.Length, 1000, HandlerAnswer.MessageBytes);
        Assert.InRange(known.GetProperty("stderr").GetString()!.Length, 100, ProtocolLimits.HandlerStderrBytes);
    }

    [Fact]
    public async Task A_caller_that_is_gone_takes_nobodys_answer_and_leaves_no_place_taken()
    {
        using (var gone = _world.Daemon.Ask())
        {
            gone.Send("""{"jsonrpc":"2.0","id":1,"method":"hello.world"}""" + "\n");
            var order = _world.Fake.Next();
            var other = _world.CallAsync("hello.world");
            var second = _world.Fake.Next();
            gone.Dispose();
            second.Call("2");
            Assert.Equal(2, (await other).GetInt32());
            order.Call("1");
        }

        Eventually.True(() => _world.Item("hello").GetProperty("inFlight").GetInt32() == 0, "both are answered");
    }

    [Fact]
    public async Task Answers_come_in_any_order_and_each_to_its_caller()
    {
        var calls = Enumerable.Range(0, 4).Select(i => _world.CallAsync("hello.world", $$"""{"n":{{i}}}""")).ToArray();
        var orders = Enumerable.Range(0, 4).Select(_ => _world.Fake.Next()).Reverse().ToArray();
        foreach (var order in orders)
        {
            order.Call(order.Request.GetProperty("params").GetRawText());
        }

        var answers = await Task.WhenAll(calls);
        Assert.Equal([0, 1, 2, 3], answers.Select(static answer => answer.GetProperty("n").GetInt32()));
        Assert.Equal(1, _world.Fake.Connections);
    }
}
