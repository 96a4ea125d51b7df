using ClearanceDaemon.Core.Transport;

namespace ClearanceDaemon.Conformance;

/// <summary>What every poller's reactor does with peers that stall, and with records that cannot be written.</summary>
public abstract class TransportPressureConformance
{
    private static readonly ReactorLimits Impatient = new()
    {
        Line = TimeSpan.FromMilliseconds(100),
        SlowReader = TimeSpan.FromMilliseconds(100),
        UnsentBytes = 64 * 1024,
    };

    [Fact]
    public void A_started_line_that_stalls_ends_the_connection_with_a_word()
    {
        using var fixture = new ReactorFixture(CreatePoller(), Impatient);
        using var client = fixture.Connect();
        client.Send("half a li");
        Assert.Equal(nameof(BadFraming.LineTooSlow), client.ReadLine());
        Assert.True(client.IsClosedByServer());
    }

    [Fact]
    public void An_idle_connection_is_not_a_stalled_one()
    {
        using var fixture = new ReactorFixture(CreatePoller(), Impatient);
        using var idle = fixture.Connect();
        Assert.Equal("first", idle.Ask("first"));
        using var stalled = fixture.Connect();
        stalled.Send("half a li");
        Assert.Equal(nameof(BadFraming.LineTooSlow), stalled.ReadLine());
        Assert.Equal("second", idle.Ask("second"));
    }

    [Fact]
    public void A_peer_that_never_reads_is_cut_off_and_others_are_served_meanwhile()
    {
        using var fixture = new ReactorFixture(CreatePoller(), Impatient);
        var big = new string('x', 32 * 1024);
        fixture.Acceptor.OnLine = (sink, line) => sink.Answer(line == "big" ? big : line);
        using var deaf = fixture.Connect();
        using var other = fixture.Connect();
        deaf.Send(string.Concat(Enumerable.Repeat("big\n", 200)));
        Assert.Equal("hello", other.Ask("hello"));
        Eventually.True(() => fixture.OnReactor(() => fixture.Acceptor.Sinks[0].IsClosed), "the deaf peer is cut off");
        Assert.True(fixture.OnReactor(() => fixture.Acceptor.Sinks[0].Lines.Count) < 200, "a peer that does not read asks no more");
        Assert.Equal("hello again", other.Ask("hello again"));
    }

    [Fact]
    public void A_peer_that_reads_late_gets_everything()
    {
        using var fixture = new ReactorFixture(CreatePoller(), new() { UnsentBytes = 64 * 1024 });
        var big = new string('x', 32 * 1024);
        fixture.Acceptor.OnLine = (sink, _) => sink.Answer(big);
        using var client = fixture.Connect();
        client.Send(string.Concat(Enumerable.Repeat("big\n", 100)));
        Eventually.True(() => fixture.OnReactor(() => fixture.Acceptor.Sinks is [{ Lines.Count: > 2 }]), "the server starts");
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(big.Length, client.ReadLine()!.Length);
        }
    }

    [Fact]
    public void Answers_wait_for_the_records_before_them_and_are_written_with_one_commit_a_turn()
    {
        using var fixture = new ReactorFixture(CreatePoller());
        fixture.Acceptor.OnLine = (sink, line) =>
        {
            fixture.Turn.Record();
            HeldAnswer(sink, line);
        };
        using var client = fixture.Connect();
        client.Send("1\n2\n3\n");
        foreach (var id in new[] { "1", "2", "3" })
        {
            Assert.Equal($$"""{"jsonrpc":"2.0","id":{{id}},"result":"yes"}""", client.ReadLine());
        }

        Assert.Equal(3, fixture.OnReactor(() => fixture.Turn.Written));
    }

    [Fact]
    public void When_the_records_cannot_be_written_every_held_answer_becomes_unavailable_and_the_others_stay()
    {
        using var fixture = new ReactorFixture(CreatePoller());
        fixture.Acceptor.OnLine = (sink, line) =>
        {
            if (line == "plain")
            {
                sink.Answer("plain answer");
                return;
            }

            fixture.Turn.Record();
            HeldAnswer(sink, line);
        };
        fixture.Turn.Fails = true;
        using var client = fixture.Connect();
        client.Send("plain\n7\n\"eight\"\nplain\n");
        Assert.Equal("plain answer", client.ReadLine());
        Assert.StartsWith("""{"jsonrpc":"2.0","id":7,"error":{"code":-32008""", client.ReadLine(), StringComparison.Ordinal);
        Assert.StartsWith("""{"jsonrpc":"2.0","id":"eight","error":{"code":-32008""", client.ReadLine(), StringComparison.Ordinal);
        Assert.Equal("plain answer", client.ReadLine());
        Assert.Equal(0, fixture.OnReactor(() => fixture.Turn.Written));
    }

    [Fact]
    public void A_turn_with_many_records_commits_in_between()
    {
        using var fixture = new ReactorFixture(CreatePoller());
        fixture.Turn.FullAt = 10;
        fixture.Acceptor.OnLine = (sink, line) =>
        {
            fixture.Turn.Record();
            HeldAnswer(sink, line);
        };
        using var one = fixture.Connect();
        using var two = fixture.Connect();

        // What is sent before the accept would all be taken in one go.
        Assert.NotNull(one.Ask("0"));
        Assert.NotNull(two.Ask("0"));
        var lines = string.Concat(Enumerable.Range(0, 40).Select(static i => $"{i}\n"));
        one.Send(lines);
        two.Send(lines);
        for (var i = 0; i < 40; i++)
        {
            Assert.NotNull(one.ReadLine());
            Assert.NotNull(two.ReadLine());
        }

        Assert.Equal(82, fixture.OnReactor(() => fixture.Turn.Written));
        Assert.True(fixture.OnReactor(() => fixture.Turn.Commits) >= 4);
    }

    internal abstract IPoller CreatePoller();

    private static void HeldAnswer(ScriptedSink sink, string id)
    {
        var outbox = sink.Connection.Write();
        var start = outbox.Buffer.Length;
        sink.Answer($$"""{"jsonrpc":"2.0","id":{{id}},"result":"yes"}""");
        outbox.Hold(start, Protocol.RpcWriter.IdOffset, id.Length);
    }
}
