using ClearanceDaemon.Core.Events;

namespace ClearanceDaemon.Core.Tests.Events;

/// <summary>The past that is kept, by number and by bytes.</summary>
public sealed class EventRingTests
{
    [Fact]
    public void An_empty_past_has_no_first()
    {
        var ring = new EventRing(new());
        Assert.Equal((0, 1), (ring.Last, ring.First));
    }

    [Fact]
    public void Ten_thousand_events_are_kept_and_for_one_more_the_oldest_goes()
    {
        var ring = new EventRing(new());
        for (var seq = 1; seq <= 10_000; seq++)
        {
            ring.Add(Line(seq));
        }

        Assert.Equal((10_000, 1), (ring.Last, ring.First));
        Assert.All(Enumerable.Range(1, 10_000), seq => Assert.True(ring[seq].SequenceEqual(Line(seq))));
        ring.Add(Line(10_001));
        Assert.Equal((10_001, 2), (ring.Last, ring.First));
        Assert.All(Enumerable.Range(2, 10_000), seq => Assert.True(ring[seq].SequenceEqual(Line(seq))));
    }

    [Fact]
    public void A_mebibyte_is_kept_and_for_one_byte_more_the_oldest_goes()
    {
        var ring = new EventRing(new());
        for (var i = 0; i < 1024; i++)
        {
            ring.Add(new byte[1024]);
        }

        Assert.Equal((1024, 1), (ring.Last, ring.First));
        ring.Add(new byte[1]);
        Assert.Equal((1025, 2), (ring.Last, ring.First));
        ring.Add(new byte[1023]);
        Assert.Equal((1026, 2), (ring.Last, ring.First));
        ring.Add(new byte[1]);
        Assert.Equal((1027, 3), (ring.Last, ring.First));
    }

    [Fact]
    public void One_long_event_may_push_out_all_others_and_is_kept_itself_however_long()
    {
        var ring = new EventRing(new() { Bytes = 100 });
        for (var i = 0; i < 10; i++)
        {
            ring.Add(new byte[10]);
        }

        Assert.Equal(1, ring.First);
        ring.Add(new byte[1000]);
        Assert.Equal((11, 11), (ring.Last, ring.First));
        Assert.Equal(1000, ring[11].Length);
        ring.Add(new byte[10]);
        Assert.Equal((12, 12), (ring.Last, ring.First));
    }

    [Fact]
    public void Every_kept_event_is_found_by_its_number_whatever_came_before()
    {
        var random = new Random(7);
        var ring = new EventRing(new() { Events = 37, Bytes = 300 });
        var all = new List<byte[]>();
        for (var i = 0; i < 5000; i++)
        {
            var line = new byte[random.Next(1, 40)];
            random.NextBytes(line);
            all.Add(line);
            ring.Add(line);
            var kept = all.Skip((int)ring.First - 1).ToArray();
            Assert.InRange(kept.Length, 1, 37);
            Assert.True(kept.Sum(static l => l.Length) <= 300);
            for (var seq = ring.First; seq <= ring.Last; seq++)
            {
                Assert.True(ring[seq].SequenceEqual(all[(int)seq - 1]));
            }
        }
    }

    private static byte[] Line(int seq) => BitConverter.GetBytes(seq);
}
