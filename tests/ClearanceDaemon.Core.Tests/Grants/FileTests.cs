using System.Text.Json;
using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Tests.Rules;

namespace ClearanceDaemon.Core.Tests.Grants;

/// <summary>What the file says, and that nothing else is read out of one.</summary>
public sealed class FileTests : IDisposable
{
    private const string Id = "00112233445566778899aabbccddeeff";

    private const string Always =
        """{"id":"00112233445566778899aabbccddeeff","v":1,"verdict":"allow","subject":{"uid":1000,"via":"claude"},"match":{"action":"a","argv":null},"scope":{"kind":"always"},"made":"2026-11-20T12:00:00.000Z","decidedSeq":1}""";

    private const string For =
        """{"id":"00112233445566778899aabbccddeeff","v":1,"verdict":"deny","subject":{"uid":1000,"via":"claude"},"match":{"action":"a","argv":["x"]},"scope":{"kind":"for","duration":"2h"},"made":"2026-11-20T12:00:00.000Z","expiresWall":"2026-11-20T14:00:00.000Z","boot":{"id":"boot-1","expiresBoottime":10800000},"rule":"prod","decidedSeq":1}""";

    private const string Uses =
        """{"id":"00112233445566778899aabbccddeeff","v":1,"verdict":"allow","subject":{"uid":1000,"via":"claude"},"match":{"action":"a","argv":null},"scope":{"kind":"uses","uses":3},"made":"2026-11-20T12:00:00.000Z","usesLeft":2,"decidedSeq":1}""";

    private const string UntilExit =
        """{"id":"00112233445566778899aabbccddeeff","v":1,"verdict":"allow","subject":{"uid":1000,"via":"claude"},"match":{"action":"a","argv":null},"scope":{"kind":"until-exit"},"made":"2026-11-20T12:00:00.000Z","boot":{"id":"boot-1"},"decidedSeq":1,"process":{"pid":77,"inode":4711}}""";

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(Always)]
    [InlineData(For)]
    [InlineData(Uses)]
    [InlineData(UntilExit)]
    public void A_good_file_is_read(string grant)
    {
        Write(grant);
        _world.Restart();
        Assert.Equal(Id, Assert.Single(_world.Book.All).Id.ToString());
    }

    [Fact]
    public void The_file_is_what_the_design_says()
    {
        var rule = Some.Set("""{"id":"prod","action":"*","decision":"ask"}""").Rules[0];
        var grant = _world.Add(World.Deploy(), GrantScopes.For, TimeSpan.FromHours(2), rule: rule, bind: ["action", "resource", "details.host", "title"]);
        using var file = JsonDocument.Parse(File.ReadAllText(_world.FilePath));
        Assert.Equal(1, file.RootElement.GetProperty("version").GetInt32());
        Assert.Equal("2026-11-20T12:00:00.000Z", file.RootElement.GetProperty("latestWall").GetString());
        Assert.Equal(
            $$$"""{"id":"{{{grant.Id}}}","v":1,"verdict":"allow","subject":{"uid":1000,"via":"claude"},"match":{"action":"deploy.production","resource":"shop","project":null,"title":null,"argv":null,"details.host":"web1"},"scope":{"kind":"for","duration":"2h"},"made":"2026-11-20T12:00:00.000Z","expiresWall":"2026-11-20T14:00:00.000Z","boot":{"id":"boot-1","expiresBoottime":10800000},"rule":"prod","decidedSeq":1}""",
            Assert.Single(file.RootElement.GetProperty("grants").EnumerateArray()).GetRawText());
    }

    [Fact]
    public void Operators_see_the_same()
    {
        var ask = Some.Ask("a", "\"r\"", ["x", ""], World.Via, ("s", "ä\n"), ("n", -5), ("b", true));
        var item = GrantJson.Describe(_world.Add(ask, GrantScopes.Uses, uses: 4, verdict: GrantVerdict.Deny));
        Assert.Equal("deny", item.Verdict);
        Assert.Equal((1000u, "claude"), (item.Subject.Uid, item.Subject.Via));
        Assert.Equal(("uses", null, 4, 4), (item.Scope.Kind, item.Scope.Duration, item.Scope.Uses, item.UsesLeft));
        Assert.Equal(("2026-11-20T12:00:00.000Z", null, null, null), (item.Made, item.Expires, item.Pid, item.Rule));
        Assert.Equal(["action", "resource", "project", "as", "title", "reason", "argv", "details"], item.Match.Keys);
        Assert.Equal("\"r\"", item.Match["resource"].GetString());
        Assert.Equal(JsonValueKind.Null, item.Match["project"].ValueKind);
        Assert.Equal("""["x",""]""", item.Match["argv"].GetRawText());
        Assert.Equal("ä\n", item.Match["details"].GetProperty("s").GetString());
        Assert.Equal((-5, true), (item.Match["details"].GetProperty("n").GetInt32(), item.Match["details"].GetProperty("b").GetBoolean()));
        var timed = GrantJson.Describe(_world.Add(World.Deploy(), GrantScopes.For, TimeSpan.FromMinutes(90)));
        Assert.Equal(("90m", "2026-11-20T13:30:00.000Z"), (timed.Scope.Duration, timed.Expires));
        Assert.Equal(77, GrantJson.Describe(_world.Add(World.Deploy(), GrantScopes.UntilExit)).Pid);
    }

    [Theory]
    [InlineData("", "is not what this daemon writes")]
    [InlineData("null", "is not what this daemon writes")]
    [InlineData("[]", "is not what this daemon writes")]
    [InlineData("{}", "is not what this daemon writes")]
    [InlineData("{\"version\":1,\"latestWall\":\"2026-11-20T12:00:00.000Z\",\"grants\":[]", "is not what this daemon writes")]
    [InlineData("{\"version\":1,\"latestWall\":\"2026-11-20T12:00:00.000Z\",\"grants\":[]} x", "is not what this daemon writes")]
    [InlineData("{\"version\":1,\"latestWall\":\"2026-11-20T12:00:00.000Z\",\"grants\":null}", "is not what this daemon writes")]
    [InlineData("{\"version\":1,\"latestWall\":\"2026-11-20T12:00:00.000Z\",\"grants\":[null]}", "holds a grant (number 1) with a wrong value, null")]
    [InlineData("{\"version\":1,\"latestWall\":\"2026-11-20T12:00:00.000Z\",\"grants\":[],\"more\":1}", "is not what this daemon writes")]
    [InlineData("{\"version\":1,\"version\":1,\"latestWall\":\"2026-11-20T12:00:00.000Z\",\"grants\":[]}", "is not what this daemon writes")]
    [InlineData("{\"version\":1,\"latestWall\":\"today\",\"grants\":[]}", "has no time in latestWall")]
    [InlineData("{\"version\":2,\"other\":[]}", "has version 2, this daemon knows version 1")]
    [InlineData("{\"version\":1.5}", "has version 1.5, this daemon knows version 1")]
    public void A_file_of_another_shape_is_set_aside(string text, string why) => Refused(text, why);

    [Theory]
    [InlineData(Always, "\"v\":1", "\"v\":2", "v")]
    [InlineData(Always, Id, "00112233445566778899AABBCCDDEEFF", "id")]
    [InlineData(Always, "\"allow\"", "\"Allow\"", "verdict")]
    [InlineData(Always, "\"claude\"", "\"\"", "subject")]
    [InlineData(Always, "\"argv\":null", "\"resource\":null", "match")]
    [InlineData(Always, "\"action\":\"a\"", "\"action\":null", "match")]
    [InlineData(Always, "\"action\":\"a\"", "\"action\":\"A B\"", "match")]
    [InlineData(Always, "\"argv\":null", "\"argv\":null,\"via\":\"x\"", "match")]
    [InlineData(Always, "\"argv\":null", "\"argv\":\"ls\"", "match")]
    [InlineData(Always, "\"argv\":null", "\"argv\":[1]", "match")]
    [InlineData(Always, "\"argv\":null", "\"argv\":null,\"resource\":5", "match")]
    [InlineData(Always, "\"argv\":null", "\"argv\":null,\"details\":[]", "match")]
    [InlineData(Always, "\"argv\":null", "\"argv\":null,\"details\":{\"x\":1.5}", "match")]
    [InlineData(Always, "\"argv\":null", "\"argv\":null,\"details\":{\"x\":null}", "match")]
    [InlineData(Always, "\"argv\":null", "\"argv\":null,\"details\":{},\"details.x\":1", "match")]
    [InlineData(Always, "\"argv\":null", "\"argv\":null,\"details.x\":null", "match")]
    [InlineData(Always, "\"argv\":null", "\"argv\":null,\"details.\":1", "match")]
    [InlineData(Always, "\"always\"", "\"once\"", "scope")]
    [InlineData(Always, "\"always\"", "\"ever\"", "scope")]
    [InlineData(Always, "\"always\"", "\"always\",\"uses\":2", "scope")]
    [InlineData(Always, "12:00:00.000Z", "12:00:00Z", "made")]
    [InlineData(Always, "\"decidedSeq\":1", "\"decidedSeq\":0", "decidedSeq")]
    [InlineData(Always, "\"decidedSeq\":1", "\"decidedSeq\":1,\"usesLeft\":1", "usesLeft")]
    [InlineData(Always, "\"decidedSeq\":1", "\"decidedSeq\":1,\"process\":{\"pid\":1,\"inode\":1}", "process")]
    [InlineData(Always, "\"decidedSeq\":1", "\"decidedSeq\":1,\"rule\":\"\"", "rule")]
    [InlineData(For, "2026-11-20T14:00:00.000Z", "soon", "expiresWall")]
    [InlineData(For, "\"expiresWall\":\"2026-11-20T14:00:00.000Z\",", "", "boot")]
    [InlineData(For, ",\"expiresBoottime\":10800000", "", "boot")]
    [InlineData(For, "10800000", "-1", "boot")]
    [InlineData(For, "10800000", "9223372036854775807", "boot")]
    [InlineData(For, "boot-1", "", "boot")]
    [InlineData(For, "\"expiresWall\":\"2026-11-20T14:00:00.000Z\",\"boot\":{\"id\":\"boot-1\",\"expiresBoottime\":10800000},", "", "expiresWall")]
    [InlineData(For, "\"2h\"", "\"2 hours\"", "scope")]
    [InlineData(For, "\"kind\":\"for\",\"duration\":\"2h\"", "\"kind\":\"always\"", "expiresWall")]
    [InlineData(Uses, "\"usesLeft\":2", "\"usesLeft\":4", "usesLeft")]
    [InlineData(Uses, "\"usesLeft\":2", "\"usesLeft\":0", "usesLeft")]
    [InlineData(Uses, "\"usesLeft\":2,", "", "usesLeft")]
    [InlineData(UntilExit, "\"boot\":{\"id\":\"boot-1\"},", "", "boot")]
    [InlineData(UntilExit, ",\"process\":{\"pid\":77,\"inode\":4711}", "", "process")]
    [InlineData(UntilExit, "\"pid\":77", "\"pid\":0", "process")]
    public void A_grant_that_this_daemon_would_not_write_spoils_the_file(string grant, string part, string instead, string member)
    {
        Assert.Contains(part, grant, StringComparison.Ordinal);
        Refused(Text(grant.Replace(part, instead, StringComparison.Ordinal)), $"holds a grant (number 1) with a wrong {member}.");
    }

    [Theory]
    [InlineData("\"v\":1", "\"v\":1,\"v\":1")]
    [InlineData("\"v\":1", "\"v\":1,\"w\":1")]
    [InlineData("\"v\":1,", "")]
    [InlineData("\"uid\":1000", "\"uid\":-1")]
    [InlineData("\"uid\":1000", "\"uid\":1000,\"gid\":1")]
    [InlineData("\"argv\":null", "\"argv\":null,\"argv\":null")]
    [InlineData("\"argv\":null", "\"argv\":null,\"resource\":\"\\ud800\"")]
    [InlineData("\"argv\":null", "\"argv\":[[\"deep\"]]")]
    [InlineData("\"verdict\":\"allow\"", "\"verdict\":null")]
    public void What_is_missing_unknown_or_twice_spoils_the_file(string part, string instead) =>
        Refused(Text(Always.Replace(part, instead, StringComparison.Ordinal)), null);

    [Fact]
    public void One_id_stands_for_one_grant() =>
        Refused(Text(Always + "," + Uses), "holds a grant (number 2) with a wrong id, one that is there twice.");

    [Fact]
    public void The_limits_hold_for_a_file_too()
    {
        _world.Limits = new() { Grants = 1 };
        Refused(Text(Always + "," + Uses.Replace(Id, Id.Replace('0', '1'), StringComparison.Ordinal)), "holds 2 grants, more than 1.");
        var text = Text(Always);
        _world.Limits = new() { FileBytes = text.Length - 1 };
        Refused(text, $"has {text.Length} bytes, more than {text.Length - 1}.");
        _world.Limits = new() { FileBytes = text.Length, Grants = 1 };
        Write(Always);
        _world.Restart();
        Assert.Equal(1, _world.Book.Count);
    }

    private static string Text(string grants) => "{\"version\":1,\"latestWall\":\"2026-11-20T12:00:00.000Z\",\"grants\":[" + grants + "]}";

    private void Write(string grants) => WriteText(Text(grants));

    private void WriteText(string text)
    {
        File.WriteAllText(_world.FilePath, text);
        File.SetUnixFileMode(_world.FilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private void Refused(string text, string? why)
    {
        WriteText(text);
        var e = Assert.Throws<GrantStoreException>(() => _world.Restart());
        Assert.StartsWith($"grants: {_world.FilePath} {why}", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, _world.Book.Count);
        Assert.Equal(text, File.ReadAllText(_world.Store.SetAside[^1]));
        File.Delete(_world.Store.SetAside[^1]);
    }
}
