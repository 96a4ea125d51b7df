using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ClearanceDaemon.Protocol.Tests;

/// <summary>The operator's half of the wire: every member comes back the same, and parameters are strict.</summary>
public sealed class OperatorShapesTests
{
    private const string Item = """{"id":"00","digest":"sha256:00","asked":"t","deadline":"t","times":2,"waiting":1,"ask":{"action":"a","resource":"r","details":{"n":1,"ok":true,"s":"x"},"argv":["a",""],"as":"self"},"claimed":{"title":"t","reason":"r","project":"/p"},"verified":{"uid":4294967294,"gid":0,"pid":1,"via":"ask"},"observed":{"state":"changed","principal":"parent","pid":2,"exe":"/e","command":"c","unit":"u","started":"t"},"scopes":["once","always"],"ceiling":"2h","rule":"r","ruleReason":"why","key":"k","changed":["details.n"]}""";
    private const string Grant = """{"id":"00","verdict":"allow","subject":{"uid":1000,"via":"ask"},"match":{"action":"a","resource":null,"argv":["a"],"details":{"n":1}},"scope":{"kind":"uses","uses":3},"made":"t","expires":"t","usesLeft":2,"pid":7,"rule":"r"}""";

    private static readonly ProtocolJson Json = ProtocolJson.Default;

    [Fact]
    public void What_waits()
    {
        Same($$"""{"items":[{{Item}}],"next":5}""", Json.PendingResult);
        Same(Item, Json.PendingItem);
        Same("""{"id":"00","digest":"d","asked":"t","deadline":"t","times":1,"waiting":1,"ask":{"action":"a"},"claimed":{},"verified":{"uid":0,"gid":0,"via":"ask"},"observed":{"state":"gone","principal":"self"},"scopes":[]}""", Json.PendingItem);
        Same("""{"after":9223372036854775807,"limit":1}""", Json.PendingParams);
        Same("{}", Json.PendingParams);
    }

    [Fact]
    public void Verdicts_and_grants()
    {
        Same("""{"id":"00","digest":"d","verdict":"allow","scope":{"kind":"for","duration":"2h"},"bind":["action","details.n"],"reason":"r"}""", Json.DecideParams);
        Same("""{"id":"00","digest":"d","verdict":"deny"}""", Json.DecideParams);
        Same($$"""{"id":"00","outcome":"allowed","answered":3,"grant":{{Grant}}}""", Json.DecideResult);
        Same("""{"id":"00","outcome":"denied","answered":0}""", Json.DecideResult);
        Same(Grant, Json.GrantItem);
        Same($$"""{"items":[{{Grant}}],"next":1}""", Json.GrantsListResult);
        Same("""{"after":1,"limit":2}""", Json.GrantsListParams);
        Same("""{"id":"00"}""", Json.GrantsRevokeParams);
        Same("""{"all":true}""", Json.GrantsRevokeParams);
        Same("""{"revoked":0}""", Json.GrantsRevokeResult);
    }

    [Fact]
    public void Events_and_lockdown()
    {
        Same("""{"after":{"epoch":"e","seq":1},"answers":false}""", Json.SubscribeParams);
        Same("""{"epoch":"e","seq":1,"resumed":true}""", Json.SubscribeResult);
        Same("""{"seq":1,"epoch":"e","time":"t","type":"later","id":"00","data":{"x":[null]}}""", Json.ClearanceEvent);
        Same("""{"times":2,"waiting":0}""", Json.AskedAgainEvent);
        Same("""{"outcome":"denied","by":"operator","reason":"r","grant":"00","decider":{"uid":1,"gid":2,"via":"operator"}}""", Json.DecidedEvent);
        Same("""{"why":"revoked"}""", Json.GrantEndedEvent);
        Same("""{"present":0}""", Json.OperatorsEvent);
        Same("""{"state":"ok","count":1,"sha256":"00"}""", Json.RulesEvent);
        Same("""{"present":1,"lockdown":{"on":true,"since":"t","reason":"r"}}""", Json.SnapshotEndEvent);
        Same("""{"on":false}""", Json.LockdownState);
        Same("""{"on":true,"reason":"r"}""", Json.LockdownParams);
        Same("""{"state":{"on":false},"revoked":1,"denied":2}""", Json.LockdownResult);
    }

    [Fact]
    public void Audit_verify() => Same(
        """{"ok":false,"records":12,"files":2,"first":1,"last":12,"head":"00","anchor":{"seq":12,"sha256":"00","time":"t"},"findings":[{"alarm":true,"message":"m","file":"f","line":3},{"alarm":false,"message":"n"}]}""",
        Json.AuditVerifyResult);

    [Theory]
    [InlineData("""{"id":"00","digest":"d"}""")]
    [InlineData("""{"id":"00","verdict":"allow"}""")]
    [InlineData("""{"digest":"d","verdict":"allow"}""")]
    [InlineData("""{"id":"00","digest":"d","verdict":"allow","force":true}""")]
    [InlineData("""{"id":"00","digest":"d","verdict":true}""")]
    [InlineData("""{"id":"00","digest":"d","verdict":"allow","verdict":"deny"}""")]
    [InlineData("""{"id":"00","digest":"d","verdict":"allow","scope":"once"}""")]
    [InlineData("""{"id":"00","digest":"d","verdict":"allow","scope":{}}""")]
    [InlineData("""{"id":"00","digest":"d","verdict":"allow","scope":{"kind":"for","duration":"1h","until":"x"}}""")]
    [InlineData("""{"id":"00","digest":"d","verdict":"allow","scope":{"kind":"uses","uses":"3"}}""")]
    [InlineData("""{"id":"00","digest":"d","verdict":"allow","bind":"action"}""")]
    [InlineData("""{"id":7,"digest":"d","verdict":"allow"}""")]
    public void B54_a_verdict_is_read_strictly(string json) => Refused(json, Json.DecideParams);

    [Fact]
    public void The_other_parameters_are_strict_too()
    {
        Refused("""{"limit":"1"}""", Json.PendingParams);
        Refused("""{"page":1}""", Json.PendingParams);
        Refused("""{"all":"yes"}""", Json.GrantsRevokeParams);
        Refused("""{"id":"00","force":1}""", Json.GrantsRevokeParams);
        Refused("""{"items":[]}""", Json.GrantsListParams);
        Refused("""{"On":true}""", Json.LockdownParams);
        Refused("""{"on":1}""", Json.LockdownParams);
        Refused("""{"after":5}""", Json.SubscribeParams);
        Refused("""{"after":{"epoch":"e"}}""", Json.SubscribeParams);
        Refused("""{"after":{"epoch":"e","seq":1,"x":1}}""", Json.SubscribeParams);
        Refused("""{"answer":true}""", Json.SubscribeParams);
    }

    [Fact]
    public void A_newer_daemon_may_say_more()
    {
        Assert.Equal("denied", Read("""{"id":"00","outcome":"denied","answered":0,"news":1}""", Json.DecideResult).Outcome);
        Assert.Equal("00", Read(Item[..^1] + ",\"news\":[]}", Json.PendingItem).Id);
        Assert.True(Read("""{"on":true,"news":1}""", Json.LockdownState).On);
    }

    [Fact]
    public void Audit_records_keep_their_bytes()
    {
        // Escapes, letters and numbers that a writer of JSON would write otherwise.
        const string Record = """{"v":1,"seq":1,"a":"é\u00e9 \/ \" < 😀","n":1.50E+2,"prev":"00"}""";
        const string Page = $$"""{"records":[{{Record}},{{Record}}]}""";
        Same(Page, Json.AuditReadResult);
        Assert.All(Read(Page, Json.AuditReadResult).Records, static record => Assert.Equal(Record, record.GetRawText()));
        Refused("""{"records":{"v":1}}""", Json.AuditReadResult);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            JsonSerializer.Serialize(writer, Read(Page, Json.AuditReadResult), Json.AuditReadResult);
        }

        Assert.Equal(Page, Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static void Same<T>(string json, JsonTypeInfo<T> shape) => Assert.Equal(json, JsonSerializer.Serialize(Read(json, shape), shape));

    private static void Refused<T>(string json, JsonTypeInfo<T> shape) => Assert.Throws<JsonException>(() => Read(json, shape));

    private static T Read<T>(string json, JsonTypeInfo<T> shape) => JsonSerializer.Deserialize(json, shape)!;
}
