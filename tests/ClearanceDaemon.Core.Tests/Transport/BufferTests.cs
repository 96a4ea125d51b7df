using System.Text;
using ClearanceDaemon.Core.Transport;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.Transport;

/// <summary>The buffers that connections borrow: inbox, outbox, and the lending of both.</summary>
public sealed class BufferTests
{
    [Fact]
    public void An_inbox_grows_and_keeps_what_is_not_dropped()
    {
        var inbox = new Inbox();
        inbox.Append("one\ntw"u8);
        inbox.LineSince = 5;
        inbox.Drop(0);
        Assert.Equal(5, inbox.LineSince);
        inbox.Drop(4);
        Assert.Equal(("tw", 0), (Encoding.UTF8.GetString(inbox.Bytes), inbox.LineSince));
        var large = new byte[5000];
        large.AsSpan().Fill((byte)'x');
        inbox.Append(large);
        Assert.Equal("tw" + new string('x', 5000), Encoding.UTF8.GetString(inbox.Bytes));
        Assert.True(inbox.Room(10_000).Length >= 10_000);
        "end"u8.CopyTo(inbox.Room(3));
        inbox.Advance(3);
        Assert.EndsWith("xend", Encoding.UTF8.GetString(inbox.Bytes), StringComparison.Ordinal);
        inbox.Drop(inbox.Length);
        Assert.Equal(0, inbox.Length);
    }

    [Fact]
    public void A_reset_inbox_is_as_new()
    {
        var inbox = new Inbox { Scanned = 3, LineSince = 4 };
        inbox.Append("abc"u8);
        inbox.Reset();
        Assert.Equal((0, 0, 0L), (inbox.Length, inbox.Scanned, inbox.LineSince));
    }

    [Fact]
    public void Held_replies_go_as_they_are_once_their_records_are_written()
    {
        var outbox = new Outbox();
        var before = Hold(outbox, "7") + Hold(outbox, "\"é\\n\"");
        outbox.Settle(committed: true);
        Assert.Equal(before, Text(outbox));
        outbox.Settle(committed: false);
        Assert.Equal(before, Text(outbox));
    }

    [Fact]
    public void Without_their_records_each_becomes_an_error_under_its_own_id_and_the_rest_stays()
    {
        var outbox = new Outbox();
        outbox.Buffer.Raw("left from before\n"u8);
        outbox.Advance(5);
        Hold(outbox, "-9223372036854775808");
        outbox.Buffer.Raw("plain\n"u8);
        Hold(outbox, "\"" + new string('i', 128) + "\"");
        Hold(outbox, "\"\"");
        outbox.Settle(committed: false);
        var lines = Text(outbox).Split('\n');
        Assert.Equal(("left from before", "plain", ""), (lines[0], lines[2], lines[^1]));
        Assert.Equal(6, lines.Length);
        foreach (var (line, id) in new[] { (lines[1], "-9223372036854775808"), (lines[3], $"\"{new string('i', 128)}\""), (lines[4], "\"\"") })
        {
            Assert.StartsWith($$"""{"jsonrpc":"2.0","id":{{id}},"error":{"code":-32008,""", line, StringComparison.Ordinal);
        }

        Assert.StartsWith("from before", Encoding.UTF8.GetString(outbox.Unsent), StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_id_to_answer_vanishes_without_its_record()
    {
        var outbox = new Outbox();
        outbox.Buffer.Raw("before\n"u8);
        var start = outbox.Buffer.Length;
        outbox.Buffer.Raw("""{"jsonrpc":"2.0","method":"clearance.asked"}"""u8);
        outbox.Buffer.Raw((byte)'\n');
        outbox.Hold(start, -1, 0);
        outbox.Buffer.Raw("after\n"u8);
        outbox.Settle(committed: false);
        Assert.Equal("before\nafter\n", Text(outbox));
    }

    [Fact]
    public void A_reset_outbox_holds_and_owes_nothing()
    {
        var outbox = new Outbox();
        Hold(outbox, "1");
        outbox.Advance(3);
        outbox.Reset();
        outbox.Settle(committed: false);
        Assert.Equal((0, 0, true), (outbox.Buffer.Length, outbox.Unsent.Length, outbox.IsDrained));
    }

    [Fact]
    public void As_many_buffers_as_the_limit_are_kept_and_one_more_is_let_go()
    {
        var made = 0;
        var lending = new Lending<StringBuilder>(() => new($"{++made}"), static item => item.Append(" reset"), static item => item.Length);
        var lent = Enumerable.Range(0, 65).Select(_ => lending.Lend()).ToList();
        Assert.Equal(65, made);
        lent.ForEach(lending.Return);
        var again = Enumerable.Range(0, 65).Select(_ => lending.Lend()).ToList();
        Assert.Equal(66, made);
        Assert.All(again.Take(64), static item => Assert.EndsWith(" reset", item.ToString(), StringComparison.Ordinal));
        Assert.Equal("66", again[64].ToString());
    }

    [Fact]
    public void A_buffer_as_large_as_the_limit_is_kept_and_a_larger_one_let_go()
    {
        var sizes = new Queue<int>([128 * 1024, (128 * 1024) + 1, 1]);
        var lending = new Lending<byte[]>(() => new byte[sizes.Dequeue()], static _ => { }, static item => item.Length);
        var (kept, large) = (lending.Lend(), lending.Lend());
        lending.Return(kept);
        Assert.Same(kept, lending.Lend());
        lending.Return(large);
        Assert.Single(lending.Lend());
    }

    private static string Hold(Outbox outbox, string id)
    {
        var start = outbox.Buffer.Length;
        var line = $$$"""{"jsonrpc":"2.0","id":{{{id}}},"result":{"outcome":"allowed"}}""" + "\n";
        outbox.Buffer.Raw(Encoding.UTF8.GetBytes(line));
        outbox.Hold(start, RpcWriter.IdOffset, Encoding.UTF8.GetByteCount(id));
        return line;
    }

    private static string Text(Outbox outbox) => Encoding.UTF8.GetString(outbox.Buffer.Written);
}
