using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Metrics;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>How much may be put before a person, and what happens to what is too much.</summary>
public sealed class BudgetServerTests
{
    [Fact]
    public void B39_a_connection_and_a_process_have_as_many_open_prompts_as_the_limit_says_and_one_more_is_busy()
    {
        using var daemon = new TestDaemon(options: static o => o with { MaxPendingPerProcess = 3 });
        using var one = new Asking(daemon);
        using var two = new Asking(daemon);
        one.Ask(Wait(1));
        var id = one.AskId(Wait(2));
        two.Ask(Wait(3));
        foreach (var over in new[] { one, two })
        {
            over.Send(Wait(4));
            var busy = over.AnswerWhole().GetProperty("data");
            Assert.Equal("busy 5s", $"{busy.GetProperty("code")} {busy.GetProperty("retryAfter")}");
        }

        // Another process has its own share, the same ask is no new prompt, and a place that is given back is there.
        using var other = new ForeignProgram(daemon);
        other.Ask(Wait(5));
        Assert.Equal(id, two.AskId(Wait(2)));
        Assert.Equal("withdrawn true", one.Call("clearance.withdraw", $$"""{"id":"{{id}}"}""").Replace("timed_out", "", StringComparison.Ordinal));
        one.Answer();
        Assert.NotEqual(id, one.AskId(Wait(6)));
        Assert.Equal(2, daemon.Count(Counter.Busy));
    }

    [Fact]
    public void B39_a_process_has_as_many_prompts_a_minute_as_the_limit_says_and_one_more_is_told_when()
    {
        using var daemon = new TestDaemon(options: static o => o with { MaxPromptsPerMinute = 4 });
        using var asking = new Asking(daemon);
        for (var i = 0; i < 4; i++)
        {
            asking.Ask($$"""{"action":"demo.wait","resource":"{{i}}","wait":"1ms"}""");
            asking.Answer();
        }

        asking.Send(Wait(9));
        var busy = asking.AnswerWhole().GetProperty("data");
        Assert.Equal("busy", busy.GetProperty("code").GetString());
        Assert.Matches("^1[0-5]s$|^1[0-5][0-9]{3}ms$", busy.GetProperty("retryAfter").GetString());

        // Another connection of the process is no way around; rules and grants still answer.
        using var again = new Asking(daemon);
        Assert.Equal("busy", again.Settled(Wait(10)));
        Assert.Equal("allowed rule:read", again.Settled("""{"action":"demo.read"}"""));
    }

    [Fact]
    public void B39_a_socket_has_as_many_prompts_a_minute_as_its_share_whatever_number_of_processes_asks()
    {
        using var daemon = new TestDaemon(options: static o => o with { MaxPromptsPerMinute = 1 });
        var programs = Enumerable.Range(0, 6).Select(_ => new ForeignProgram(daemon)).ToArray();
        for (var i = 0; i < 5; i++)
        {
            Assert.True(programs[i].Ask(Wait(i)).TryGetProperty("id", out _));
        }

        Assert.Equal("busy", Asking.Essence(programs[5].Call("clearance.ask", Wait(5))));
        using var claude = new Asking(daemon, "claude");
        claude.Ask(Wait(1));
        Array.ForEach(programs, static program => program.Dispose());
    }

    [Fact]
    public void B39_for_one_more_than_the_whole_may_be_the_oldest_ends_and_everyone_hears_it()
    {
        // Four sockets' worth would fit; three there are, and the operator's is one of them.
        using var daemon = new TestDaemon(options: static o => o with { MaxPending = 2, MaxPendingPerProcess = 100 });
        using var person = new Person(daemon);
        using var first = new Asking(daemon);
        using var second = new Asking(daemon, "claude");
        using var third = new Asking(daemon, "operator");
        var oldest = first.AskId(Wait(1));
        second.Ask(Wait(1));
        third.Ask(Wait(1));
        Assert.Equal("timed_out rule:wait", first.Answer());
        var ended = person.Next("decided");
        Assert.Equal($"{oldest} timed_out newer asks took its place", $"{ended.GetProperty("id")} {ended.GetProperty("data").GetProperty("outcome")} {ended.GetProperty("data").GetProperty("reason")}");
        Assert.Equal(2, daemon.Parts.Desk.PendingCount);
        Assert.Equal("expired", Asking.Essence(person.Decide(oldest, Digest(daemon), "allow")));
    }

    [Fact]
    public async Task B39_twenty_thousand_asks_over_the_wire_that_nobody_answers_stay_bounded()
    {
        using var daemon = new TestDaemon(options: static o => o with { MaxPending = 1000, MaxPendingPerProcess = 100_000, MaxPromptsPerMinute = 1_000_000, MaxInFlight = 1_000_000, AuditMaxBytes = 1 << 26 });
        using var asking = new Asking(daemon);
        using var leaving = new Asking(daemon, "claude");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var reading = Task.Run(() => ReadAnswers(asking, 10_000));
        var alsoReading = Task.Run(() => ReadAnswers(leaving, 10_000));
        for (var i = 0; i < 10_000; i += 500)
        {
            foreach (var client in new[] { asking, leaving })
            {
                client.Client.Send(string.Concat(Enumerable.Range(i, 500).Select(static n => TestDaemon.AskLine(n, $$"""{"action":"demo.wait","resource":"{{n}}","wait":"2s"}"""))));
            }

            Assert.True(daemon.Parts.Desk.PendingCount <= 1000, "no more wait than may");
        }

        var answers = await Task.WhenAll(reading, alsoReading);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < 64 << 20, $"memory grew by {grown >> 20} MiB");
        Eventually.True(() => daemon.Parts.Desk.PendingCount == 0, "all end");
        Assert.Equal(20_000, answers.Sum());
    }

    [Theory]
    [InlineData("clearance.pending")]
    [InlineData("clearance.decide")]
    [InlineData("clearance.subscribe")]
    [InlineData("grants.list")]
    [InlineData("grants.revoke")]
    [InlineData("daemon.lockdown")]
    [InlineData("daemon.status")]
    [InlineData("rules.list")]
    [InlineData("rules.explain")]
    [InlineData("rules.reload")]
    [InlineData("audit.read")]
    [InlineData("audit.verify")]
    [InlineData("handlers.list")]
    [InlineData("handlers.enable")]
    [InlineData("handlers.disable")]
    [InlineData("handlers.test")]
    public void B69_an_operators_method_answers_an_asker_with_the_same_bytes_as_one_that_does_not_exist(string method)
    {
        using var daemon = new TestDaemon();
        using var person = new Person(daemon);
        using var asker = daemon.Ask();
        var id = TestDaemon.Parse(asker.Ask(TestDaemon.AskLine(1, """{"action":"x.y"}""").TrimEnd())).GetProperty("params").GetProperty("id").GetString();
        foreach (var parameters in new[] { "{}", $$"""{"id":"{{id}}"}""", """{"on":true}""", """{"all":true}""", """{"answers":true}""" })
        {
            var unknown = asker.Ask($$"""{"jsonrpc":"2.0","id":5,"method":"no.such","params":{{parameters}}}""");
            Assert.Equal(unknown, asker.Ask($$"""{"jsonrpc":"2.0","id":5,"method":"{{method}}","params":{{parameters}}}"""));
        }

        Assert.Equal("method_not_found", Asking.Essence(TestDaemon.Call(asker, method)));
        Assert.Equal(1, daemon.Parts.Desk.PendingCount);
        Assert.False(daemon.Parts.Lockdown.IsOn);
    }

    [Fact]
    public void B69_every_method_of_the_operators_is_in_the_list_above()
    {
        using var daemon = new TestDaemon();
        var listed = typeof(BudgetServerTests).GetMethod(nameof(B69_an_operators_method_answers_an_asker_with_the_same_bytes_as_one_that_does_not_exist))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Select(static data => (string)((InlineDataAttribute)data).Data[0]!);
        var known = daemon.Parts.BuiltInHandlers().Where(static handler => handler.Callers == CallerRoles.Operator).Select(static handler => handler.Method);
        Assert.Equal(known.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private static int ReadAnswers(Asking asking, int count)
    {
        for (var i = 0; i < count; i++)
        {
            asking.AnswerWhole();
        }

        return count;
    }

    private static string Wait(int resource) => $$"""{"action":"demo.wait","resource":"{{resource}}"}""";

    private static string Digest(TestDaemon daemon) => daemon.OperatorCall("clearance.pending").GetProperty("items")[0].GetProperty("digest").GetString()!;
}
