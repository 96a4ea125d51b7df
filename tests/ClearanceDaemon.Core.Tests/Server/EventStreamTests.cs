using System.Text.Json;
using ClearanceDaemon.Conformance;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>What a subscriber is told, from where, and what happens to one that does not read.</summary>
public sealed class EventStreamTests : IDisposable
{
    private readonly TestDaemon _daemon = new(options: static o => o with { SelfApproval = true, MaxPromptsPerMinute = 1_000_000, MaxPendingPerProcess = 1000 });

    public void Dispose() => _daemon.Dispose();

    [Fact]
    public void A_new_subscriber_is_told_what_waits_then_that_this_is_all_then_what_happens()
    {
        using var first = new Person(_daemon);
        using var asking = new Asking(_daemon);
        string[] ids = [asking.AskId("""{"action":"x.a"}"""), asking.AskId("""{"action":"x.b"}"""), asking.AskId("""{"action":"x.c"}""")];
        using var second = new Person(_daemon);
        var snapshot = new[] { second.Next(), second.Next(), second.Next(), second.Next() };
        Assert.Equal(["asked", "asked", "asked", "snapshot_end"], snapshot.Select(Type));
        Assert.Equal(ids, snapshot.Take(3).Select(static e => e.GetProperty("id").GetString()!));
        Assert.All(snapshot, e => Assert.Equal(second.Subscribed.GetProperty("seq").GetInt64(), Seq(e)));
        Assert.Equal("2 False", $"{snapshot[3].GetProperty("data").GetProperty("present")} {snapshot[3].GetProperty("data").GetProperty("lockdown").GetProperty("on")}");
        Assert.Equal("operators", Type(second.Next()));
        var last = asking.AskId("""{"action":"x.d"}""");
        Assert.Equal(last, second.Next().GetProperty("id").GetString());
    }

    [Fact]
    public void The_numbers_of_one_life_rise_by_one_and_all_subscribers_see_the_same()
    {
        using var one = new Person(_daemon);
        using var two = new Person(_daemon, answers: false);
        using var asking = new Asking(_daemon);
        for (var i = 0; i < 50; i++)
        {
            asking.Send($$"""{"action":"x.a{{i}}","wait":"1ms"}""");
        }

        var mine = Read(one, "decided", 50);
        var theirs = Read(two, "decided", 50);
        var (start, epoch) = (Seq(mine[0]), one.Subscribed.GetProperty("epoch").GetString());
        Assert.Equal(Enumerable.Range(0, mine.Count).Select(i => start + i), mine.Select(Seq));
        Assert.All(mine, e => Assert.Equal(epoch, e.GetProperty("epoch").GetString()));
        Assert.Equal(mine.TakeLast(100).Select(static e => e.GetRawText()), theirs.TakeLast(100).Select(static e => e.GetRawText()));
    }

    [Fact]
    public void Who_comes_back_goes_on_behind_the_last_event_it_saw_without_a_snapshot()
    {
        var away = new Person(_daemon, answers: false);
        using var there = new Person(_daemon);
        using var asking = new Asking(_daemon);
        asking.Ask("""{"action":"x.a"}""");
        var seen = away.Next("asked");
        away.Dispose();
        asking.Ask("""{"action":"x.b"}""");
        there.Decide(there.Next("asked"), "deny");
        using var back = new Person(_daemon, answers: false, after: Place(seen));
        Assert.True(back.Subscribed.GetProperty("resumed").GetBoolean());
        var (missed, decided) = (back.Next(), back.Next());
        Assert.Equal(["asked", "decided"], [Type(missed), Type(decided)]);
        Assert.Equal([Seq(seen) + 1, Seq(seen) + 2], [Seq(missed), Seq(decided)]);
    }

    [Theory]
    [InlineData("""{"epoch":"0000000000000000","seq":1}""")]
    [InlineData("""{"epoch":"","seq":0}""")]
    [InlineData("""{"epoch":"EPOCH","seq":1000000}""")]
    [InlineData("""{"epoch":"EPOCH","seq":-1}""")]
    [InlineData("""{"epoch":"EPOCH","seq":-9223372036854775808}""")]
    [InlineData("""{"epoch":"EPOCH","seq":9223372036854775807}""")]
    public void A_place_that_is_not_kept_is_lost_and_a_snapshot_follows(string after)
    {
        using var first = new Person(_daemon);
        using var asking = new Asking(_daemon);
        asking.Ask("""{"action":"x.a"}""");
        after = after.Replace("EPOCH", _daemon.Parts.Events.Epoch, StringComparison.Ordinal);
        using var lost = new Person(_daemon, after: after);
        Assert.False(lost.Subscribed.GetProperty("resumed").GetBoolean());
        Assert.Equal(["lost", "asked", "snapshot_end"], [Type(lost.Next()), Type(lost.Next()), Type(lost.Next())]);
    }

    [Fact]
    public void A_place_older_than_what_is_kept_is_lost()
    {
        using var there = new Person(_daemon);
        there.Next("snapshot_end");
        var old = there.Next();
        using var asking = new Asking(_daemon);
        asking.Ask($$"""{"action":"x.a","reason":"{{new string('x', 2000)}}"}""");
        var events = 0;
        while (_daemon.Parts.Events.First <= Seq(old) + 1)
        {
            asking.Client.Send(string.Concat(Enumerable.Range(events, 100).Select(static i => TestDaemon.AskLine(i, $$"""{"action":"x.b","resource":"{{new string('r', 4000)}}{{i % 10}}","wait":"1ms"}"""))));
            for (var answers = 0; answers < 100; answers++)
            {
                asking.AnswerWhole();
            }

            events += 100;
            Assert.True(events < 20_000, "the past is bounded");
        }

        using var back = new Person(_daemon, after: Place(old));
        Assert.False(back.Subscribed.GetProperty("resumed").GetBoolean());
        Assert.Equal(["lost", "asked", "snapshot_end"], [Type(back.Next()), Type(back.Next()), Type(back.Next())]);
    }

    [Fact]
    public void A_second_subscription_of_one_connection_is_refused_and_the_first_goes_on()
    {
        using var person = new Person(_daemon);
        person.Next("snapshot_end");
        person.Next("operators");
        person.Watching.Send("""{"jsonrpc":"2.0","id":2,"method":"clearance.subscribe","params":{"answers":true}}""" + "\n");
        Assert.Equal("invalid_request", Asking.Essence(TestDaemon.Parse(person.Watching.ReadLine()!).GetProperty("error")));
        Assert.Equal(1, _daemon.OperatorCall("daemon.status").GetProperty("operators").GetInt32());
        using var asking = new Asking(_daemon);
        var id = asking.AskId("""{"action":"x.a"}""");
        Assert.Equal(id, person.Next().GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("""{"answers":1}""")]
    [InlineData("""{"after":5}""")]
    [InlineData("""{"after":{"epoch":"x"}}""")]
    [InlineData("""{"more":true}""")]
    public void Parameters_that_do_not_fit_subscribe_nobody(string parameters)
    {
        Assert.Equal("invalid_params", Asking.Essence(_daemon.OperatorCall("clearance.subscribe", parameters)));
        Assert.Equal(0, _daemon.Parts.Events.Subscribers);
    }

    [Fact]
    public void Those_who_answer_are_counted_and_a_change_is_told()
    {
        using var one = new Person(_daemon);
        Assert.Equal(1, Present(one));
        var two = new Person(_daemon);
        Assert.Equal(2, Present(one));
        using var watcher = new Person(_daemon, answers: false);
        two.Dispose();
        Assert.Equal(1, Present(one));
        Assert.Equal(2, _daemon.Parts.Events.Subscribers);
    }

    [Fact]
    public void A_subscriber_that_only_stopped_sending_hears_on_also_after_its_last_answer()
    {
        using var person = new Person(_daemon);
        using var quiet = _daemon.Operator();
        quiet.Send("""{"jsonrpc":"2.0","id":1,"method":"clearance.subscribe"}""" + "\n" + TestDaemon.AskLine(2, """{"action":"x.own","wait":"10ms"}"""));
        quiet.EndInput();
        for (var line = ""; !line.Contains("timed_out", StringComparison.Ordinal) || !line.Contains("\"id\":2", StringComparison.Ordinal);)
        {
            line = quiet.ReadLine() ?? throw new EndOfStreamException("it was closed before its answer");
        }

        using var asking = new Asking(_daemon);
        var id = asking.AskId("""{"action":"x.later"}""");
        for (var line = ""; !line.Contains(id, StringComparison.Ordinal);)
        {
            line = quiet.ReadLine() ?? throw new EndOfStreamException("it was closed and is owed events");
        }

        quiet.Dispose();
        Eventually.True(() => _daemon.Parts.Events.Subscribers == 1, "it is gone once it is closed");
    }

    [Fact]
    public async Task B39_a_subscriber_that_never_reads_holds_little_costs_the_others_nothing_and_is_cut_off()
    {
        using var reading = new Person(_daemon);
        using var deaf = new Person(_daemon, answers: false);
        using var asking = new Asking(_daemon);
        var filler = new string('f', 4000);
        var read = Task.Run(() => Read(reading, "decided", 600));
        for (var i = 0; i < 600; i++)
        {
            Assert.Equal("timed_out default", asking.Settled($$"""{"action":"x.a","resource":"{{i}}{{filler}}","wait":"1ms"}"""));
        }

        Eventually.True(() => _daemon.Parts.Events.Subscribers == 1, "it is cut off after the slow reader's time");
        var decided = await read;
        Assert.Equal(Enumerable.Range(0, decided.Count).Select(i => Seq(decided[0]) + i), decided.Select(Seq));
    }

    private static int Present(Person person) => person.Next("operators").GetProperty("data").GetProperty("present").GetInt32();

    private static string Type(JsonElement e) => e.GetProperty("type").GetString()!;

    private static long Seq(JsonElement e) => e.GetProperty("seq").GetInt64();

    private static string Place(JsonElement e) => $$"""{"epoch":"{{e.GetProperty("epoch")}}","seq":{{e.GetProperty("seq")}}}""";

    /// <summary>Live events until so many of a type have come.</summary>
    private static List<JsonElement> Read(Person person, string type, int count)
    {
        person.Next("snapshot_end");
        var events = new List<JsonElement>();
        while (count > 0)
        {
            events.Add(person.Next());
            count -= Type(events[^1]) == type ? 1 : 0;
        }

        return events;
    }
}
