using System.Net.Sockets;
using ClearanceDaemon.Core.Transport;

namespace ClearanceDaemon.Conformance;

/// <summary>What every poller's reactor does: framing, order, pipelining, half-closed and vanished peers.</summary>
public abstract class TransportConformance
{
    [Fact]
    public void A_line_gets_its_answer_and_the_connection_lives()
    {
        using var fixture = new ReactorFixture(CreatePoller());
        using var client = fixture.Connect();
        Assert.Equal("one", client.Ask("one"));
        Assert.Equal("two", client.Ask("two\r"));
        Assert.Equal("", client.Ask(""));
    }

    [Fact]
    public void A_line_that_arrives_byte_by_byte_is_one_line()
    {
        using var fixture = new ReactorFixture(CreatePoller());
        using var client = fixture.Connect();
        foreach (var b in "slowly but surely\n"u8)
        {
            client.Send([b]);
        }

        Assert.Equal("slowly but surely", client.ReadLine());
    }

    [Fact]
    public void A_thousand_pipelined_lines_come_back_a_thousand_in_order()
    {
        using var fixture = new ReactorFixture(CreatePoller());
        using var client = fixture.Connect();
        client.Send(string.Concat(Enumerable.Range(0, 1000).Select(static i => $"line {i}\n")));
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal($"line {i}", client.ReadLine());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void More_lines_than_a_turn_allows_are_finished_in_later_turns(int linesPerTurn)
    {
        using var fixture = new ReactorFixture(CreatePoller(), new() { LinesPerTurn = linesPerTurn });
        using var client = fixture.Connect();
        client.Send("a\nb\nc\nd\ne\nf\ng\npartial");
        Assert.Equal(["a", "b", "c", "d", "e", "f", "g"], Enumerable.Range(0, 7).Select(_ => client.ReadLine()));
        client.Send(" end\n");
        Assert.Equal("partial end", client.ReadLine());
    }

    [Fact]
    public void A_flooding_peer_does_not_keep_another_waiting()
    {
        using var fixture = new ReactorFixture(CreatePoller(), new() { LinesPerTurn = 1 });
        using var flood = fixture.Connect();
        using var other = fixture.Connect();
        flood.Send(string.Concat(Enumerable.Repeat("x\n", 5000)));
        Assert.Equal("hello", other.Ask("hello"));
        Assert.True(fixture.OnReactor(() => fixture.Acceptor.Sinks[0].Lines.Count) >= 0);
        for (var i = 0; i < 5000; i++)
        {
            Assert.Equal("x", flood.ReadLine());
        }
    }

    [Fact]
    public void A_line_at_the_cap_is_taken_and_one_byte_more_ends_the_connection_with_a_word()
    {
        using var fixture = new ReactorFixture(CreatePoller(), lineCap: 100);
        using var client = fixture.Connect();
        Assert.Equal(new string('x', 100), client.Ask(new string('x', 100)));
        Assert.Equal(new string('y', 100), client.Ask(new string('y', 100) + "\r"));
        Assert.Equal(nameof(BadFraming.LineTooLong), client.Ask(new string('z', 101)));
        Assert.True(client.IsClosedByServer());
        Eventually.True(() => fixture.OnReactor(() => fixture.Acceptor.Open) == 0, "the session ends");
    }

    [Fact]
    public void B31_endless_bytes_without_a_line_end_are_cut_at_the_cap_and_others_do_not_notice()
    {
        using var fixture = new ReactorFixture(CreatePoller(), lineCap: 64 * 1024);
        using var flood = fixture.Connect();
        using var other = fixture.Connect();
        var chunk = new byte[64 * 1024];
        Array.Fill(chunk, (byte)'x');
        var failed = Record.Exception(() =>
        {
            // 1 GiB if the server let it.
            for (var i = 0; i < 16 * 1024; i++)
            {
                flood.Send(chunk);
            }
        });
        Assert.IsType<SocketException>(failed);
        Assert.Equal(nameof(BadFraming.LineTooLong), flood.ReadLine());
        Assert.Equal("still here", other.Ask("still here"));
    }

    [Fact]
    public void A_peer_that_stops_sending_still_gets_its_answers()
    {
        using var fixture = new ReactorFixture(CreatePoller());
        using var client = fixture.Connect();
        client.Send("last words\nunfinished");
        client.EndInput();
        Assert.Equal("last words", client.ReadLine());
        Assert.True(client.IsClosedByServer());
    }

    [Fact]
    public void A_half_closed_peer_is_kept_while_an_answer_is_owed()
    {
        using var fixture = new ReactorFixture(CreatePoller());
        fixture.Acceptor.OnLine = static (sink, _) => sink.HasInFlight = true;
        using var client = fixture.Connect();
        client.Send("question\n");
        client.EndInput();
        Eventually.True(() => fixture.OnReactor(() => fixture.Acceptor.Sinks is [{ Lines.Count: 1 }]), "the line arrives");
        fixture.OnReactor(() =>
        {
            var sink = fixture.Acceptor.Sinks[0];
            sink.Answer("late answer");
            sink.HasInFlight = false;
            sink.Connection.OnIdle();
            return true;
        });
        Assert.Equal("late answer", client.ReadLine());
        Assert.True(client.IsClosedByServer());
    }

    [Fact]
    public void A_peer_that_vanishes_is_forgotten_even_while_an_answer_is_owed()
    {
        using var fixture = new ReactorFixture(CreatePoller());
        fixture.Acceptor.OnLine = static (sink, _) => sink.HasInFlight = true;
        using (var client = fixture.Connect())
        {
            client.Send("question\n");
            Eventually.True(() => fixture.OnReactor(() => fixture.Acceptor.Sinks is [{ Lines.Count: 1 }]), "the line arrives");
        }

        Eventually.True(() => fixture.OnReactor(() => fixture.Acceptor.Open) == 0, "the session ends");
    }

    [Fact]
    public void A_refused_peer_gets_the_farewell_and_the_end()
    {
        using var fixture = new ReactorFixture(CreatePoller());
        fixture.Acceptor.Refuses = true;
        fixture.Acceptor.Farewell = "go away\n"u8.ToArray();
        using var client = fixture.Connect();
        Assert.Equal("go away", client.ReadLine());
        Assert.True(client.IsClosedByServer());
    }

    [Fact]
    public void Closing_the_port_stops_accepting_and_leaves_the_others_alone()
    {
        using var fixture = new ReactorFixture(CreatePoller());
        using var client = fixture.Connect();
        Assert.Equal("hi", client.Ask("hi"));
        fixture.OnReactor(() =>
        {
            fixture.Port.Close();
            return true;
        });
        using var late = fixture.Connect();
        late.Send("anyone?\n");
        Assert.Equal("still served", client.Ask("still served"));
        Assert.Equal(1, fixture.OnReactor(() => fixture.Acceptor.Sinks.Count));
    }

    [Fact]
    public void Stopping_closes_every_connection()
    {
        LineClient client;
        using (var fixture = new ReactorFixture(CreatePoller()))
        {
            client = fixture.Connect();
            Assert.Equal("hi", client.Ask("hi"));
        }

        using (client)
        {
            Assert.True(client.IsClosedByServer());
        }
    }

    [Fact]
    public void An_await_in_posted_work_resumes_on_the_reactors_thread()
    {
        using var fixture = new ReactorFixture(CreatePoller());
        var threads = new TaskCompletionSource<(int Before, int After)>();
        fixture.Reactor.Post(async () =>
        {
            var before = Environment.CurrentManagedThreadId;
            await Task.Run(static () => { });
            threads.SetResult((before, Environment.CurrentManagedThreadId));
        });
        Assert.True(threads.Task.Wait(Eventually.Limit));
        Assert.Equal(threads.Task.Result.Before, threads.Task.Result.After);
    }

    internal abstract IPoller CreatePoller();
}
