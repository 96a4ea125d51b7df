using System.Text;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.External.Manifests;
using ClearanceDaemon.Core.External.Orders;

namespace ClearanceDaemon.Tests.HandlersMode;

/// <summary>What an order must be, which manifest it means, and what is ended when others are meant.</summary>
[Collection(HandlersCollection.Name)]
public sealed class OrderTests : IDisposable
{
    private readonly HandlersFixture _handlers = new();

    public void Dispose() => _handlers.Dispose();

    [Fact]
    public void B60_a_request_that_is_not_its_digests_is_not_handed_on()
    {
        var trace = Path.Combine(_handlers.Root, "trace");
        var manifest = _handlers.Add("traced", $"#!/bin/sh\ntouch {trace}\n", ManifestMode.Request);
        var whole = """{"action":"a.b","details":{"k":"v"},"v":1}""";
        foreach (var (sent, digestOf) in ((string, string)[])
            [("""{"action":"a.b","v":1}""", whole), ("""{"action":"a.b","details":{},"v":1}""", """{"action":"a.b","v":1}"""), (whole.Replace("\"v\":1", "\"v\": 1", StringComparison.Ordinal), whole)])
        {
            var parameters = Orders.Params(sent, Orders.DigestOf(digestOf));
            var reply = _handlers.Run(new Order("traced", manifest.Sha256, OrderKind.Call, Encoding.UTF8.GetBytes(parameters)));
            Assert.Equal("protocol", reply.GetProperty("failure").GetProperty("why").GetString());
        }

        Assert.False(File.Exists(trace));
    }

    [Fact]
    public void B60_a_member_that_is_not_there_is_not_there_for_the_handler_either()
    {
        var manifest = _handlers.Add("members", Scripts.Of("""
            for r in requests():
                answer(r, result={"digest": r["params"]["digest"], "members": sorted(r["params"]["request"])})
            """));
        foreach (var (request, members) in ((string, string)[])
            [("""{"action":"a.b","v":1}""", "action v"), ("""{"action":"a.b","details":{},"resource":"","v":1}""", "action details resource v")])
        {
            var result = _handlers.Run(manifest, request).GetProperty("result");
            Assert.Equal(members, string.Join(' ', result.GetProperty("members").EnumerateArray()));
            Assert.Equal(Orders.DigestOf(request), result.GetProperty("digest").GetString());
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"handler":"x","manifest":"","kind":"run","params":{}}""")]
    [InlineData("""{"handler":"x","manifest":"","kind":"call","params":[]}""")]
    [InlineData("""{"handler":"x","manifest":"","kind":"call","params":{},"exec":["/bin/sh"]}""")]
    public void What_is_no_order_is_refused(string parameters) =>
        Assert.Contains("invalid_params", _handlers.Call("handlers.run", parameters), StringComparison.Ordinal);

    [Fact]
    public void An_order_without_request_or_digest_is_not_handed_on()
    {
        var reply = _handlers.Run(new Order("x", "", OrderKind.Call, "{\"digest\":\"sha256:00\"}"u8.ToArray()));
        Assert.Equal("protocol", reply.GetProperty("failure").GetProperty("why").GetString());
    }

    [Fact]
    public void Nothing_else_can_be_asked_here()
    {
        Assert.Contains("\"pong\":true", _handlers.Call("clearance.ping", "{}"), StringComparison.Ordinal);
        Assert.Contains("method_not_found", _handlers.Call("clearance.ask", "{}"), StringComparison.Ordinal);
        Assert.Contains("method_not_found", _handlers.Call("clearance.hello", "{}"), StringComparison.Ordinal);
        Assert.Contains("invalid_params", _handlers.Call("handlers.keep", """{"handler":1}"""), StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_that_is_not_the_daemons_is_read_once_more_and_then_refused_with_both_told()
    {
        var old = _handlers.Add("changes", Scripts.Good);
        Assert.True(_handlers.Run(old).TryGetProperty("result", out _));
        var loads = _handlers.Loads;
        var now = _handlers.Add("changes", Scripts.Good);
        Assert.True(_handlers.Run(now).TryGetProperty("result", out _));
        Assert.Equal(loads + 1, _handlers.Loads);
        Assert.True(_handlers.Run(now).TryGetProperty("result", out _));
        Assert.Equal(loads + 1, _handlers.Loads);

        var message = _handlers.Fails("unavailable", now with { Sha256 = "0123456789abcdef" }).GetProperty("message").GetString();
        Assert.Contains("0123456789ab", message, StringComparison.Ordinal);
        Assert.Contains(now.Sha256[..12], message, StringComparison.Ordinal);
        Assert.Equal(loads + 2, _handlers.Loads);
        _handlers.Fails("unavailable", now with { Name = "nobody" });
    }

    [Fact]
    public void Keep_ends_what_is_not_named_with_its_hash_and_nothing_else()
    {
        var (stays, goes, changes) = (_handlers.Add("stays", Scripts.Good), _handlers.Add("goes", Scripts.Good), _handlers.Add("changes", Scripts.Good));
        foreach (var manifest in (Manifest[])[stays, goes, changes])
        {
            _handlers.Run(manifest);
        }

        Assert.Equal(3, _handlers.Mine().Count);
        Assert.Contains("\"result\":{}", _handlers.Call("handlers.keep", $$"""{"handlers":{"stays":"{{stays.Sha256}}","changes":"other"} }"""), StringComparison.Ordinal);
        Eventually.True(() => _handlers.Mine() is [var only] && only.Contains("stays", StringComparison.Ordinal), "only one stays");
        Assert.True(_handlers.Run(stays).TryGetProperty("result", out _));
    }

    [Fact]
    public void A_kept_program_that_does_not_go_when_told_is_killed_and_who_waits_for_it_is_told()
    {
        var manifest = _handlers.Add("stubborn", Scripts.Of("""
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            r = next(requests())
            open(os.environ["TMPDIR"] + "/asked", "w")
            time.sleep(1000)
            """));
        var id = _handlers.Send(Orders.Call("stubborn", manifest.Sha256));
        Eventually.True(() => File.Exists(Path.Combine(_handlers.Root, "asked")), "it is asked");
        Assert.Contains("\"result\":{}", _handlers.Call("handlers.keep", """{"handlers":{}}"""), StringComparison.Ordinal);
        var (answered, reply) = _handlers.Next();
        Assert.Equal(id, answered);
        Assert.Equal("unavailable", reply.GetProperty("failure").GetProperty("why").GetString());
        _handlers.AssertNoProcess();
    }

    [Fact]
    public void The_last_connection_takes_everything_with_it_and_the_next_starts_anew()
    {
        var manifest = _handlers.Add("good", Scripts.Good);
        var hanging = _handlers.Add("hangs", Scripts.Of("open(os.environ['TMPDIR'] + '/hangs', 'w'); time.sleep(1000)"), ManifestMode.Request);
        _handlers.Run(manifest);
        _handlers.Send(Orders.Call("hangs", hanging.Sha256));
        Eventually.True(() => File.Exists(Path.Combine(_handlers.Root, "hangs")), "it hangs");
        _handlers.Client.Dispose();
        _handlers.AssertNoProcess();
        using var again = _handlers.Connect();
        Assert.Contains("\"hello\"", again.Ask(Orders.Line(1, Orders.Call("good", manifest.Sha256))), StringComparison.Ordinal);
    }
}
