using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Protocol.Tests;

/// <summary>The shapes on the wire: what is written, and that nothing else is read.</summary>
public sealed class MethodsTests
{
    private static readonly ProtocolJson Json = ProtocolJson.Default;

    [Fact]
    public void Names_are_camel_case_and_absent_members_are_left_out()
    {
        Assert.Equal("""{"action":"net.connect"}""", Write(new AskParams { Action = "net.connect" }, Json.AskParams));
        Assert.Equal(
            """{"outcome":"timed_out","id":"00","retryAfter":"5m"}""",
            Write(new AskResult { Outcome = AskOutcome.TimedOut, Id = "00", RetryAfter = "5m" }, Json.AskResult));
        Assert.Equal("{}", Write(new NoParams(), Json.NoParams));
    }

    [Fact]
    public void An_ask_with_every_member_comes_back_the_same()
    {
        const string Wire = """{"action":"shell.exec","resource":"/bin/rm","details":{"n":-12,"ok":true,"text":"x"},"argv":["rm","-r"],"title":"t","reason":"r","project":"/p","as":"parent","wait":"0s","key":"k"}""";
        Assert.Equal(Wire, Write(Read(Wire, Json.AskParams), Json.AskParams));
        var explain = Wire[..^1] + ",\"via\":\"claude\"}";
        Assert.Equal("claude", Read(explain, Json.RulesExplainParams).Via);
        Assert.Equal(JsonDocument.Parse(explain).RootElement.EnumerateObject().Count(), JsonDocument.Parse(Write(Read(explain, Json.RulesExplainParams), Json.RulesExplainParams)).RootElement.EnumerateObject().Count());
    }

    [Theory]
    [InlineData("""{"action":"a","uid":0}""")]
    [InlineData("""{"action":"a","Action":"b"}""")]
    [InlineData("""{"action":"a","action":"b"}""")]
    [InlineData("""{"action":"a","\u0061ction":"b"}""")]
    [InlineData("""{"resource":"r"}""")]
    [InlineData("""{"action":1}""")]
    [InlineData("""{"action":"a","argv":"b"}""")]
    [InlineData("""{"action":"a","details":[1]}""")]
    public void Parameters_are_read_strictly(string json) => Assert.Throws<JsonException>(() => Read(json, Json.AskParams));

    [Theory]
    [InlineData("1", "1")]
    [InlineData("\"a\"", "a")]
    public void A_request_id_is_a_number_or_a_text(string json, string text)
    {
        var withdraw = Read($$"""{"request":{{json}}}""", Json.WithdrawParams);
        Assert.Equal(text, withdraw.Request!.Value.ToString());
        Assert.Equal($$"""{"request":{{json}}}""", Write(withdraw, Json.WithdrawParams));
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("true")]
    [InlineData("{}")]
    public void And_nothing_else(string json) => Assert.Throws<JsonException>(() => Read($$"""{"request":{{json}}}""", Json.WithdrawParams));

    [Fact]
    public void A_number_is_not_the_text_that_looks_like_it() => Assert.NotEqual(new RpcId(1), new RpcId("1"));

    [Fact]
    public void The_operators_results_come_back_the_same()
    {
        Same("""{"version":"0.1.0","protocol":1,"features":[],"role":"ask","via":"ask","limits":{"lineBytes":65536,"depth":32,"inFlight":64},"peer":{"uid":4294967294,"gid":1000}}""", Json.HelloResult);
        Same("""{"version":"0.1.0","instance":"","pid":1,"started":"2026-11-20T22:53:20.123Z","state":"ok","sockets":[{"name":"ask","role":"ask","via":"ask","address":"/run/x","activated":true,"served":true,"connections":2}],"notServed":["operator: not handed over"],"rules":{"state":"stale","count":1,"sha256":"00","loaded":"2026-11-20T22:53:20.123Z","files":[{"path":"/a.json","used":true},{"path":"/b.jsn","used":false,"why":"not .json"}],"problems":[{"file":"/c.json","line":3,"column":4,"message":"m"}]},"audit":{"state":"ok","file":"/x.jsonl","seq":12,"bytes":3456,"anchor":{"seq":12,"sha256":"00","time":"2026-11-20T22:53:20.123Z"}},"counters":{"requests":1},"limits":{"connections":2},"kernel":{"peerPidFd":true}}""", Json.StatusResult);
        Same("""{"state":"ok","sha256":"00","rules":[{"id":"r","decision":"allow","action":"a.*","file":"/a.json","line":2,"source":"{}"}],"problems":[]}""", Json.RulesListResult);
        Same("""{"outcome":"denied","by":"rule:r","reason":"x","rule":"r","decision":"deny","rules":[{"id":"r","decision":"deny","file":"/a","line":1}],"nearMisses":[{"id":"s","decision":"allow","failed":"resource","matcher":"equals x","why":"y"}]}""", Json.RulesExplainResult);
        Same("""{"state":"bad","count":0,"sha256":"00","problems":[]}""", Json.RulesReloadResult);
        Same("""{"records":[{"v":1,"seq":1}],"next":1}""", Json.AuditReadResult);
        Same("""{"after":1,"limit":100,"kind":"verdict","newest":true}""", Json.AuditReadParams);
        Same("""{"request":1,"id":"00","digest":"sha256:00","deadline":"2026-11-20T22:53:20.123Z"}""", Json.AskedNotification);
        Same("""{"withdrawn":true}""", Json.WithdrawResult);
        Same("""{"key":"k","wait":"5m"}""", Json.WaitParams);
    }

    [Fact]
    public void Every_method_is_named_once()
    {
        var names = typeof(MethodNames).GetFields().Select(static f => (string)f.GetRawConstantValue()!).ToArray();
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(names, static name => Assert.True(ActionName.IsValid(System.Text.Encoding.UTF8.GetBytes(name))));
    }

    private static void Same<T>(string json, JsonTypeInfo<T> shape) => Assert.Equal(json, Write(Read(json, shape), shape));

    private static string Write<T>(T value, JsonTypeInfo<T> shape) => JsonSerializer.Serialize(value, shape);

    private static T Read<T>(string json, JsonTypeInfo<T> shape) => JsonSerializer.Deserialize(json, shape)!;
}
