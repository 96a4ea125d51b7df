using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Tests.External;
using ClearanceDaemon.Core.Tests.Server;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.TerokShield;

/// <summary>What terok-shield reports, through the whole daemon: a line becomes a prompt, a verdict becomes an order.</summary>
public sealed class ShieldServerTests : IDisposable
{
    private const string On = """{"name":"terok-shield"}""";
    private readonly HandlerWorld _world = new([]);
    private Person? _person;

    public void Dispose()
    {
        _person?.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void It_is_off_until_it_is_switched_on_and_off_again()
    {
        Assert.Equal(("disabled", false), (_world.State("terok-shield"), File.Exists(_world.Daemon.ShieldSocket)));
        var on = Enable();
        Assert.Equal((true, "ok"), (on.GetProperty("changed").GetBoolean(), on.GetProperty("handler").GetProperty("state").GetString()));
        Assert.Equal(_world.Daemon.ShieldSocket, on.GetProperty("handler").GetProperty("socket").GetString());
        Assert.True(File.Exists(_world.Daemon.ShieldSocket));
        Assert.False(Enable().GetProperty("changed").GetBoolean());
        Assert.Equal("disabled", _world.Daemon.OperatorCall("handlers.disable", On).GetProperty("handler").GetProperty("state").GetString());
        Assert.False(File.Exists(_world.Daemon.ShieldSocket));
        Assert.Equal(["on", "off"], _world.Records("handler").Select(static record => record.GetProperty("switched").GetString()));
    }

    [Fact]
    public void A_burst_is_one_prompt_and_its_verdict_one_order()
    {
        Enable();
        Emitters.End(Emitters.Start(_world.Daemon.ShieldSocket, Lines.Pending, times: 5));
        Eventually.True(() => _world.Daemon.OperatorCall("clearance.pending").GetProperty("items") is var items && items.GetArrayLength() == 1 && items[0].GetProperty("times").GetInt32() == 5, "all five are one");
        var asked = Pending();
        Assert.Equal(("net.connect", "example.com:443"), (asked.GetProperty("ask").GetProperty("action").GetString(), asked.GetProperty("ask").GetProperty("resource").GetString()));
        Person.Decide(asked.GetProperty("id").GetString()!, asked.GetProperty("digest").GetString()!, "allow");
        var order = _world.Fake.Next();
        Assert.Equal(("terok-shield effect net.connect allowed", ""), (order.Essence, order.Order.Manifest));
        Assert.Equal(DecidingTests.DigestOf(order.Request.GetRawText()), order.Digest);
        Assert.Equal(("c1", "terok-shield", "example.com:443"), (order.Request.GetProperty("details").GetProperty("container").GetString(), order.Request.GetProperty("via").GetString(), order.Request.GetProperty("resource").GetString()));
        order.Done();
        Assert.Equal("terok-shield", Person.Next("effect_done").GetProperty("data").GetProperty("handler").GetString());
        Assert.False(_world.Fake.HasNext, "one order");
    }

    [Fact]
    public void A_command_that_fails_leaves_the_ask_answerable_and_the_handler_well()
    {
        Enable();
        for (var i = 1; i <= 6; i++)
        {
            if (i == 1)
            {
                Emit(Lines.Pending);
            }

            var asked = Person.Next("asked");
            Person.Decide(asked, "allow");
            _world.Fake.Next().Reply("""{"failure":{"why":"exit","message":"exit code 1","exitCode":1,"stderr":"no such container"}}""");
            Assert.Equal("no such container", Person.Next("effect_failed").GetProperty("data").GetProperty("failure").GetProperty("stderr").GetString());
        }

        Assert.Equal(("ok", 6), (_world.State("terok-shield"), _world.Item("terok-shield").GetProperty("failures").GetInt32()));
    }

    [Theory]
    [InlineData("container_exited")]
    [InlineData("shield_down")]
    [InlineData("shield_down_all")]
    [InlineData("shield_disengaged")]
    public void A_container_that_is_not_guarded_any_more_takes_its_asks_and_grants_with_it_and_nobody_elses(string kind)
    {
        Enable();
        Emit(Lines.Pending, Lines.Pending.Replace("c1", "c2", StringComparison.Ordinal));
        var (one, two) = (Person.Next("asked"), Person.Next("asked"));
        Person.Decide(one, "allow", ",\"scope\":{\"kind\":\"until-exit\"}");
        _world.Fake.Next().Done();
        Emit(Lines.PendingWith("\"domain\":\"else.com\""));
        var three = Person.Next("asked").GetProperty("id").GetString();
        Emit(Lines.Notice(kind));
        var decided = Person.Next("decided");
        while (decided.GetProperty("id").GetString() != three)
        {
            decided = Person.Next("decided");
        }

        Assert.Equal("withdrawn", decided.GetProperty("data").GetProperty("outcome").GetString());
        Eventually.True(() => _world.Daemon.Parts.Grants.Count == 0, "its grant is gone");
        Assert.Equal(two.GetProperty("id").GetString(), Pending().GetProperty("id").GetString());
        Emit(Lines.Pending);
        Person.Next("asked");
        Assert.False(_world.Fake.HasNext);
    }

    [Fact]
    public void A_grant_until_the_exit_answers_the_same_container_and_no_other()
    {
        Enable();
        Emit(Lines.Pending);
        Person.Decide(Person.Next("asked"), "allow", ",\"scope\":{\"kind\":\"until-exit\"}");
        _world.Fake.Next().Done();
        Emit(Lines.Pending);
        var order = _world.Fake.Next();
        Assert.StartsWith("grant:", order.Params.GetProperty("verdict").GetProperty("by").GetString(), StringComparison.Ordinal);
        order.Done();
        Emit(Lines.Pending.Replace("c1", "c2", StringComparison.Ordinal));
        Assert.Contains("c2", Person.Next("asked").GetProperty("data").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_answer_without_a_person_and_what_they_leave_waits_for_one_to_come()
    {
        _world.Rules("""
            {"version":1,"rules":[
              {"id":"yes","action":"net.connect","via":"terok-shield","resource":{"host":"good.com"},"decision":"allow"},
              {"id":"shut","action":"net.connect","resource":{"host":"bad.com"},"decision":"ask","whenNobody":"deny"}]}
            """);
        Enable();
        Emit(Lines.PendingWith("\"domain\":\"good.com\""));
        Assert.Equal("rule:yes", _world.Fake.Next().Params.GetProperty("verdict").GetProperty("by").GetString());
        Emit(Lines.PendingWith("\"domain\":\"bad.com\""));
        Assert.Equal("terok-shield effect net.connect denied", _world.Fake.Next().Essence);
        Emit(Lines.PendingWith("\"domain\":\"new.com\""));
        Eventually.True(() => _world.Daemon.OperatorCall("daemon.status").GetProperty("pending").GetInt32() == 1, "it waits");
        Assert.Equal("new.com", Pending().GetProperty("ask").GetProperty("resource").GetString());
    }

    [Fact]
    public void A_container_that_goes_while_its_verdict_is_carried_out_is_not_asked_about_again()
    {
        Enable();
        Emit(Lines.Pending);
        Person.Decide(Person.Next("asked"), "allow");
        var order = _world.Fake.Next();
        Emit(Lines.Notice("container_exited"));
        Person.Next("shield");
        order.Fail("exit", "no such container");
        Person.Next("effect_failed");
        Assert.Equal(0, _world.Daemon.OperatorCall("daemon.status").GetProperty("pending").GetInt32());
    }

    [Fact]
    public async Task A_container_that_goes_while_a_grant_for_its_life_is_made_leaves_none()
    {
        Enable();
        Emit(Lines.Pending);
        var id = Person.Next("asked").GetProperty("id").GetString()!;
        var (decided, parts) = (default(Task<DecisionResult>), _world.Daemon.Parts);
        _world.Daemon.OnReactor(() =>
        {
            Assert.True(RequestId.TryParse(Encoding.ASCII.GetBytes(id), out var known));
            var pending = parts.Desk.FindById(known)!;
            decided = parts.Decisions.DecideAsync(new(known, pending.Digest, false, new(GrantScopes.UntilExit, null, null), null, null), pending.Asker);
            parts.Containers.Remove("terok-shield", "c1");
            parts.Grants.OnContainerGone("terok-shield"u8, "c1");
            return true;
        });
        Assert.Null((await decided!.WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken)).Fault);
        Assert.Equal("exited", Person.Next("grant_ended").GetProperty("data").GetProperty("why").GetString());
        Assert.Equal(0, _world.Daemon.OnReactor(() => parts.Grants.Count));
    }

    [Fact]
    public void A_handlers_word_on_a_container_that_is_gone_by_then_is_not_carried_out()
    {
        using var world = new HandlerWorld([("anna", """{"decides":["net.connect"]}""")]);
        world.Daemon.OperatorCall("handlers.enable", On);
        Emit(world, Lines.Pending);
        var order = world.Fake.Next();
        Assert.Equal("anna decide net.connect", order.Essence);
        Emit(world, Lines.Notice("container_exited"), Lines.Notice("container_started"));
        world.WaitForRecords("shield", 2);
        order.Decide("allow");
        Assert.Equal("withdrawn", Assert.Single(world.WaitForRecords("verdict", 1)).GetProperty("outcome").GetString());
        Assert.Single(world.Fake.Seen);
    }

    [Fact]
    public void B75_a_container_named_like_a_socket_takes_none_of_its_places()
    {
        // A socket's share is a quarter: two.
        using var world = new HandlerWorld([], options: static o => o with { MaxPending = 8 });
        world.Daemon.OperatorCall("handlers.enable", On);
        Emit(world, Lines.Pending.Replace("c1", "terok-shield", StringComparison.Ordinal), Lines.Pending, Lines.Pending.Replace("c1", "c2", StringComparison.Ordinal));
        Eventually.True(() => world.Daemon.Log.Has(61), "the third is refused");
        Assert.Equal(2, world.Daemon.OperatorCall("daemon.status").GetProperty("pending").GetInt32());
    }

    [Fact]
    public async Task What_waits_for_a_person_ends_on_record_when_the_daemon_stops()
    {
        Enable();
        Emit(Lines.Pending);
        var id = Person.Next("asked").GetProperty("id").GetString();
        await _world.Daemon.StopAsync();
        Assert.Equal((id, "withdrawn"), (_world.Records("verdict")[^1].GetProperty("id").GetString(), _world.Records("verdict")[^1].GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task It_is_on_again_after_a_restart()
    {
        var state = Directory.CreateTempSubdirectory("shield-state-").FullName;
        try
        {
            using (var first = new HandlerWorld([], state: state))
            {
                first.Daemon.OperatorCall("handlers.enable", On);
                await first.Daemon.StopAsync();
                Assert.False(File.Exists(first.Daemon.ShieldSocket), "its socket is gone");
            }

            using (var second = new HandlerWorld([], state: state))
            {
                Eventually.True(() => File.Exists(second.Daemon.ShieldSocket), "it listens again");
                second.Daemon.OperatorCall("handlers.disable", On);
            }

            using var third = new HandlerWorld([], state: state);
            Assert.Equal("disabled", third.State("terok-shield"));
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }

    [Fact]
    public void More_containers_than_are_remembered_forget_the_oldest_and_the_newest_still_ask()
    {
        var containers = new Containers();
        for (var i = 0; i <= Containers.Most; i++)
        {
            containers.Add("v", $"c{i}");
            containers.Add("v", "c0");
        }

        Assert.Equal((Containers.Most, true, false, true), (containers.Count, containers.IsRunning("v", "c0"), containers.IsRunning("v", "c1"), containers.IsRunning("v", $"c{Containers.Most}")));
        containers.Remove("v", "c0");
        containers.Remove("v", "c0");
        Assert.Equal((Containers.Most - 1, false, false), (containers.Count, containers.IsRunning("v", "c0"), containers.IsRunning("w", "c2")));
    }

    private Person Person => _person ??= new(_world.Daemon);

    private JsonElement Enable() => _world.Daemon.OperatorCall("handlers.enable", On);

    private JsonElement Pending()
    {
        var items = _world.Daemon.OperatorCall("clearance.pending").GetProperty("items");
        return Assert.Single(items.EnumerateArray());
    }

    private void Emit(params string[] lines) => Emit(_world, lines);

    private static void Emit(HandlerWorld world, params string[] lines)
    {
        using var client = new LineClient(new UnixDomainSocketEndPoint(world.Daemon.ShieldSocket));
        client.Send(string.Concat(lines.Select(static line => line + "\n")));
    }
}
