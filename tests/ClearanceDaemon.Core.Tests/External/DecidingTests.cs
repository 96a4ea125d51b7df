using System.Text;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.Tests.Server;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.External;

/// <summary>Handlers that decide in a person's stead: when they are asked, what is sent, what their word is worth.</summary>
public sealed class DecidingTests
{
    private const string Rules = """
        {"version":1,"rules":[
          {"id":"yes","action":"demo.yes","decision":"allow"},
          {"id":"no","action":"demo.no","decision":"deny"},
          {"id":"one","action":"demo.one","decision":"ask","handler":"anna","whenNobody":"deny"},
          {"id":"other","action":"demo.other","decision":"ask","handler":"bert"},
          {"id":"mine","action":"demo.mine","decision":"ask"}]}
        """;

    private const string Ask = """{"action":"demo.x","resource":"r","details":{"n":1},"reason":"please","wait":"30s"}""";

    [Fact]
    public async Task B60_a_handler_gets_exactly_what_the_digest_is_over_and_its_word_is_on_record()
    {
        using var world = World("anna");
        var ask = world.AskAsync(Ask);
        var order = world.Fake.Next();
        Assert.Equal("anna decide demo.x", order.Essence);
        Assert.Equal($$$"""{"action":"demo.x","details":{"n":1},"reason":"please","resource":"r","uid":{{{order.Request.GetProperty("uid")}}},"v":1,"via":"ask"}""", order.Request.GetRawText());
        Assert.Equal(DigestOf(order.Request.GetRawText()), order.Digest);
        Assert.False(order.Params.TryGetProperty("verdict", out _));
        order.Decide("allow", "it is Monday");
        var answer = await ask;
        Assert.Equal("allowed handler:anna", Asking.Essence(answer));
        Assert.Equal(order.Digest, answer.GetProperty("digest").GetString());
        var record = Assert.Single(world.Records("verdict"));
        Assert.Equal(("allowed", "handler:anna", "it is Monday"), (record.GetProperty("outcome").GetString(), record.GetProperty("by").GetString(), record.GetProperty("because").GetString()));
        Assert.Equal(answer.GetProperty("id").GetString(), record.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("allow", "allow", "allowed handler:anna")]
    [InlineData("allow", "deny", "denied handler:bert")]
    [InlineData("deny", "allow", "denied handler:anna")]
    [InlineData("ask", "allow", "no_operator default")]
    [InlineData("allow", "ask", "no_operator default")]
    [InlineData("ask", "deny", "denied handler:bert")]
    [InlineData("ALLOW", "allow", "no_operator default")]
    [InlineData("allowed", "allow", "no_operator default")]
    [InlineData("", "deny", "denied handler:bert")]
    public async Task B54_one_no_is_a_no_and_yes_needs_everyones(string anna, string bert, string outcome)
    {
        using var world = World("anna", "bert");
        var ask = world.AskAsync(Ask);
        Answer(world, ("anna", anna), ("bert", bert));
        Assert.Equal(outcome, Asking.Essence(await ask));
    }

    [Theory]
    [InlineData("""{"result":{"digest":"sha256:00","verdict":"allow"}}""")]
    [InlineData("""{"result":{"verdict":"allow"}}""")]
    [InlineData("""{"result":{"digest":"DIGEST","verdict":["allow"]}}""")]
    [InlineData("""{"result":{"digest":"DIGEST","verdict":true}}""")]
    [InlineData("""{"result":{"digest":"DIGEST","ok":true}}""")]
    [InlineData("""{"error":{"code":-32602,"message":"what?"}}""")]
    [InlineData("""{"failure":{"why":"deadline","message":"late"}}""")]
    [InlineData("17")]
    public async Task B60_B61_what_is_no_verdict_on_this_ask_leaves_it_to_the_person(string reply)
    {
        using var world = World("anna");
        var ask = world.AskAsync(Ask);
        var order = world.Fake.Next();
        order.Reply(reply.Replace("DIGEST", order.Digest, StringComparison.Ordinal));
        Assert.Equal("no_operator default", Asking.Essence(await ask));

        using var person = new Person(world.Daemon);
        using var asking = new Asking(world.Daemon);
        asking.Send(Ask);
        order = world.Fake.Next();
        order.Reply(reply.Replace("DIGEST", order.Digest, StringComparison.Ordinal));
        person.Decide(person.Next("asked"), "allow");
        Assert.Equal("allowed operator", asking.Answer());
    }

    [Fact]
    public async Task A_rule_that_names_a_handler_asks_that_one_and_one_that_names_none_asks_nobody()
    {
        using var world = World("anna", "bert");
        var ask = world.AskAsync("""{"action":"demo.one"}""");
        var order = world.Fake.Next();
        Assert.Equal("anna decide demo.one", order.Essence);
        order.Decide("ask");
        Assert.Equal("denied rule:one", Asking.Essence(await ask));
        Assert.Equal("no_operator rule:mine", Asking.Essence(world.Daemon.AskOnce("""{"action":"demo.mine"}""")));
        Assert.Single(world.Fake.Seen);
    }

    [Fact]
    public void Nobody_is_asked_who_does_not_decide_this_or_is_off_or_is_not_there()
    {
        using var world = World("anna");
        Assert.Equal("no_operator rule:other", Asking.Essence(world.Daemon.AskOnce("""{"action":"demo.other"}""")));
        Assert.Equal("no_operator default", Asking.Essence(world.Daemon.AskOnce("""{"action":"else.where"}""")));
        world.Daemon.OperatorCall("handlers.disable", """{"name":"anna"}""");
        Assert.Equal("denied rule:one", Asking.Essence(world.Daemon.AskOnce("""{"action":"demo.one"}""")));
        Assert.Equal("no_operator default", Asking.Essence(world.Daemon.AskOnce(Ask)));
        Assert.Empty(world.Fake.Seen);
    }

    [Fact]
    public void A_handler_is_never_asked_where_something_else_answers()
    {
        using var world = World("anna");
        using var person = new Person(world.Daemon);
        Assert.Equal("allowed rule:yes", Asking.Essence(world.Daemon.AskOnce("""{"action":"demo.yes"}""")));
        Assert.Equal("denied rule:no", Asking.Essence(world.Daemon.AskOnce("""{"action":"demo.no"}""")));
        Assert.Equal("no_operator default", Asking.Essence(world.Daemon.AskOnce("""{"action":"demo.x","wait":"0s"}""")));
        using var asking = new Asking(world.Daemon);
        asking.Ask("""{"action":"demo.mine"}""");
        person.Decide(person.Next("asked"), "allow", ",\"scope\":{\"kind\":\"always\"}");
        Assert.StartsWith("allowed grant:", Asking.Essence(world.Daemon.AskOnce("""{"action":"demo.mine"}""")), StringComparison.Ordinal);
        person.Call("daemon.lockdown", """{"on":true}""");
        Assert.Equal("denied operator", Asking.Essence(world.Daemon.AskOnce(Ask)));
        Assert.Empty(world.Fake.Seen);
    }

    [Theory]
    [InlineData("deny", "denied rule:new")]
    [InlineData("ask", "no_operator rule:new")]
    public async Task A_rule_that_came_while_it_thought_counts_and_its_word_does_not(string decision, string outcome)
    {
        using var world = World("anna");
        var ask = world.AskAsync(Ask);
        var order = world.Fake.Next();
        world.Rules($$"""{"version":1,"rules":[{"id":"new","action":"demo.*","decision":"{{decision}}"}]}""");
        order.Decide("allow");
        Assert.Equal(outcome, Asking.Essence(await ask));
        Assert.DoesNotContain(world.Records("verdict"), static record => record.GetProperty("outcome").GetString() == "allowed");
    }

    [Fact]
    public async Task A_lockdown_that_was_begun_while_it_thought_counts()
    {
        using var world = World("anna");
        var ask = world.AskAsync(Ask);
        var order = world.Fake.Next();
        Assert.True(world.Daemon.OperatorCall("daemon.lockdown", """{"on":true}""").GetProperty("state").GetProperty("on").GetBoolean());
        order.Decide("allow");
        Assert.Equal("denied operator", Asking.Essence(await ask));
    }

    [Theory]
    [InlineData("off")]
    [InlineData("gone")]
    [InlineData("changed")]
    public async Task One_that_is_not_the_same_any_more_has_nothing_to_say(string how)
    {
        using var world = World("anna", "bert");
        var ask = world.AskAsync(Ask);
        var (anna, bert) = Both(world);
        switch (how)
        {
            case "off":
                world.Daemon.OperatorCall("handlers.disable", """{"name":"anna"}""");
                break;
            case "gone":
                File.Delete(Path.Combine(world.Daemon.HandlersDirectory, "anna.json"));
                world.Reload();
                break;
            default:
                world.Daemon.WriteManifest("anna", HandlerWorld.Manifest("anna", """{"decides":["demo.*","more.*"]}"""));
                world.Reload();
                break;
        }

        anna.Decide("allow");
        bert.Decide("ask");
        Assert.Equal("no_operator default", Asking.Essence(await ask));

        ask = world.AskAsync("""{"action":"demo.y"}""");
        if (how == "changed")
        {
            Answer(world, ("anna", "allow"), ("bert", "allow"));
        }
        else
        {
            Answer(world, ("bert", "allow"));
        }

        Assert.StartsWith("allowed handler:", Asking.Essence(await ask), StringComparison.Ordinal);
    }

    [Fact]
    public void An_asker_that_is_gone_by_then_was_not_allowed_anything()
    {
        using var world = World("anna");
        FakeOrder order;
        using (var asking = new Asking(world.Daemon))
        {
            asking.Send(Ask);
            order = world.Fake.Next();
        }

        Eventually.True(() => world.Daemon.OperatorCall("daemon.status").GetProperty("sockets")[0].GetProperty("connections").GetInt32() == 0, "the daemon saw it go");
        order.Decide("allow");
        Assert.Equal("withdrawn", Assert.Single(world.WaitForRecords("verdict", 1)).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task An_asker_waits_no_longer_than_it_said_and_others_are_answered_meanwhile()
    {
        using var world = World("anna");
        var slow = world.AskAsync(Ask);
        var order = world.Fake.Next();
        Assert.Equal("allowed rule:yes", Asking.Essence(world.Daemon.AskOnce("""{"action":"demo.yes"}""")));
        var hasty = world.AskAsync("""{"action":"demo.x","wait":"30ms"}""");
        var late = world.Fake.Next();
        Assert.Equal("no_operator default", Asking.Essence(await hasty));
        late.Decide("allow");
        order.Decide("deny", new string('n', 10_000) + "\u00e4");
        var answer = await slow;
        Assert.Equal("denied handler:anna", Asking.Essence(answer));
        Assert.Equal(ProtocolLimits.ReasonBytes, answer.GetProperty("reason").GetString()!.Length);
        Assert.Single(world.Records("verdict"), static record => record.GetProperty("by").GetString() == "handler:anna");
    }

    [Fact]
    public void What_a_handler_leaves_to_a_person_who_is_there_waits_for_the_person()
    {
        using var world = World("anna");
        using var person = new Person(world.Daemon);
        using var asking = new Asking(world.Daemon);
        asking.Send(Ask);
        world.Fake.Next().Decide("ask");
        var asked = person.Next("asked");
        Assert.Equal("denied", person.Decide(asked, "deny").GetProperty("outcome").GetString());
        Assert.Equal("denied operator", asking.Answer());
    }

    internal static string DigestOf(string canonical)
    {
        Span<byte> hash = stackalloc byte[Sha256.HashBytes];
        Sha256.Hash(Encoding.UTF8.GetBytes(canonical), hash);
        return "sha256:" + Hex.Text(hash);
    }

    private static HandlerWorld World(params string[] names) => new([.. names.Select(static name => (name, """{"decides":["demo.*"]}"""))], Rules);

    private static (FakeOrder Anna, FakeOrder Bert) Both(HandlerWorld world)
    {
        FakeOrder[] orders = [world.Fake.Next(), world.Fake.Next()];
        return (orders.Single(static order => order.Order.Handler == "anna"), orders.Single(static order => order.Order.Handler == "bert"));
    }

    private static void Answer(HandlerWorld world, params (string Name, string Verdict)[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var order = world.Fake.Next();
            order.Decide(words.Single(word => word.Name == order.Order.Handler).Verdict);
        }
    }
}
