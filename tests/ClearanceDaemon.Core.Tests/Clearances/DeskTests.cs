using System.Text;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Events;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Tests.Audit;
using ClearanceDaemon.Core.Tests.Rules;
using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.Clearances;

/// <summary>The desk alone, on clocks of the test's: what waits is bounded and ends once.</summary>
public sealed class DeskTests : IDisposable
{
    private static readonly AskTerms Patient = new(TimeSpan.FromHours(1), null);
    private readonly AuditFixture _fixture = new();
    private readonly AuditLog _audit;
    private readonly TurnTimers _timers = new();
    private readonly FakeBoot _boot = new();
    private readonly Counters _counters = new();
    private readonly EventHub _hub = new("epoch", TimeProvider.System, new EventLimits());
    private int _number;
    private long _read;

    public DeskTests() => _audit = _fixture.Open();

    public void Dispose()
    {
        _audit.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public void B39_a_hundred_thousand_asks_that_are_never_answered_stay_bounded_and_the_oldest_expire_with_an_event()
    {
        const int asks = 100_000;
        var desk = Desk(new() { Pending = 1000 });
        var told = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < asks; i++)
        {
            Open(desk, i);
            if (i % 100 == 99)
            {
                Commit(desk);
                Tell(told);
            }
        }

        Assert.Equal(1000, desk.PendingCount);
        Assert.Equal(asks - 1000, _counters.Read(Counter.TimedOut));
        Assert.Equal(asks, told["asked"]);
        Assert.Equal(asks - 1000, told["decided"]);
        Assert.Equal(Enumerable.Range(asks - 1000, 1000), desk.After(0).Select(static p => int.Parse(Encoding.UTF8.GetString(p.Ask.Resource), System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void B39_bytes_are_bounded_as_numbers_are()
    {
        var desk = Desk(new() { PendingBytes = 10_000 });
        for (var i = 0; i < 100; i++)
        {
            Open(desk, i, new string('x', 900));
            Assert.True(desk.After(0).Sum(static p => p.Ask.Bytes) <= 10_000, "what waits fits");
            Commit(desk);
        }

        Assert.InRange(desk.PendingCount, 9, 11);
    }

    [Fact]
    public void B63_one_deadline_is_shown_waited_for_and_measured_by_and_sleep_counts()
    {
        var desk = Desk(new());
        var pending = Open(desk, 1, terms: new(TimeSpan.FromSeconds(60), null));
        Commit(desk);
        Assert.Equal(_fixture.Clock.GetUtcNow() + TimeSpan.FromSeconds(60), pending.Deadline.Wall);

        // Set back, the wall clock neither moves what is shown nor makes it longer.
        _fixture.Clock.Set(_fixture.Clock.GetUtcNow().AddDays(-1));
        _boot.Time += TimeSpan.FromSeconds(59.999);
        Assert.False(pending.Deadline.IsPast);
        _boot.Time += TimeSpan.FromMilliseconds(1);
        Assert.True(pending.Deadline.IsPast);
    }

    [Fact]
    public void An_ask_ends_once_whatever_comes_together()
    {
        var desk = Desk(new());
        var pending = Open(desk, 1);
        Commit(desk);
        Assert.True(desk.Withdraw(pending));
        Assert.False(desk.Withdraw(pending));
        Assert.False(desk.End(pending, VerdictOutcome.TimedOut, null));
        _timers.Now += 4_000_000;
        _timers.RunDue();
        Commit(desk);
        Assert.Equal((1, 0), (_counters.Read(Counter.Withdrawn), _counters.Read(Counter.TimedOut)));
        Assert.Equal(VerdictOutcome.Withdrawn, desk.FindClosed(pending.Id));
    }

    [Fact]
    public void What_a_person_is_deciding_on_neither_expires_nor_is_withdrawn_nor_makes_room()
    {
        var desk = Desk(new() { Pending = 1 });
        var pending = Open(desk, 1);
        Commit(desk);
        desk.BeginDeciding(pending);
        _timers.Now += 4_000_000;
        _timers.RunDue();
        Assert.False(desk.Withdraw(pending));
        Open(desk, 2);
        Commit(desk);
        Assert.Equal(2, desk.PendingCount);
        Assert.Equal(0, desk.Finish(pending, new(VerdictOutcome.Allowed, pending.Id, "operator"u8.ToArray(), null, null), SomePeer.Asker(new(), 9), null));
        Assert.Equal((VerdictOutcome.Allowed, 1), (desk.FindClosed(pending.Id), desk.PendingCount));
    }

    [Fact]
    public async Task Nobody_is_told_before_the_record_is_written()
    {
        var desk = Desk(new());
        var pending = Open(desk, 1);
        var waiting = desk.WhenDecided(pending, pending.Asker, TimeSpan.FromHours(1), default);
        Assert.Equal(0, _hub.Last);
        Assert.Empty(desk.After(0));
        Commit(desk);
        Assert.Equal(1, _hub.Last);
        desk.Withdraw(pending);
        Assert.False(waiting.IsCompleted);
        Assert.Equal(1, _hub.Last);
        Commit(desk);
        Assert.Equal((VerdictOutcome.Withdrawn, 2), ((await waiting)!.Value.Outcome, _hub.Last));
    }

    [Fact]
    public async Task An_ask_whose_record_was_not_written_was_never_opened()
    {
        var desk = Desk(new());
        var pending = Open(desk, 1);
        var waiting = desk.WhenDecided(pending, pending.Asker, TimeSpan.FromHours(1), default);
        desk.OnCommit(written: false);
        Assert.Null(await waiting);
        Assert.Equal((0, 0), (desk.PendingCount, _hub.Last));
    }

    [Fact]
    public void What_is_remembered_of_ended_asks_is_bounded()
    {
        var desk = Desk(new() { Remembered = 2 });
        var ended = Enumerable.Range(0, 3).Select(i =>
        {
            var pending = Open(desk, i);
            desk.Withdraw(pending);
            return pending.Id;
        }).ToArray();
        Commit(desk);
        Assert.Null(desk.FindClosed(ended[0]));
        Assert.NotNull(desk.FindClosed(ended[1]));
        Assert.NotNull(desk.FindClosed(ended[2]));
    }

    [Fact]
    public void Kept_verdicts_are_bounded_by_number_by_bytes_and_by_their_deadline()
    {
        var kept = new KeptAsks(most: 2, bytes: 10_000);
        PendingAsk[] asks = [Kept("a", "1", 60), Kept("b", "2", 60), Kept("c", "3", 60)];
        Array.ForEach(asks, kept.Add);
        Assert.Equal(2, kept.Count);
        Assert.Null(kept.ByKey("a", ""));
        Assert.Same(asks[2], kept.ByKey("c", ""));
        Assert.Same(asks[2], kept.ById(asks[2].Id));
        Assert.Null(kept.ByKey("c", "claude"));

        kept.Add(Kept("d", new string('x', 9_995), 60));
        Assert.Equal(1, kept.Count);
        kept.Add(Kept("e", "5", 60));
        _boot.Time += TimeSpan.FromSeconds(60);
        Assert.Null(kept.ByKey("e", ""));
    }

    [Fact]
    public void A_key_that_is_used_again_names_the_later_verdict()
    {
        var kept = new KeptAsks(most: 9, bytes: 10_000);
        kept.Add(Kept("a", "1", 60));
        var later = Kept("a", "2", 60);
        kept.Add(later);
        Assert.Equal(1, kept.Count);
        Assert.Same(later, kept.ByKey("a", ""));
        kept.Clear();
        Assert.Null(kept.ByKey("a", ""));
    }

    [Fact]
    public void B55_a_million_ids_are_distinct()
    {
        const int count = 1_000_000;
        var ids = new RequestIds();
        var seen = new HashSet<RequestId>(count);
        for (var i = 0; i < count; i++)
        {
            Assert.True(seen.Add(ids.Next()));
        }
    }

    [Fact]
    public void B55_every_bit_of_an_id_is_random()
    {
        var ids = new RequestIds();
        var set = new int[128];
        for (var i = 0; i < 1000; i++)
        {
            var bytes = Convert.FromHexString(ids.Next().ToString());
            for (var bit = 0; bit < 128; bit++)
            {
                set[bit] += (bytes[bit / 8] >> (bit % 8)) & 1;
            }
        }

        // 500 in the middle; this far off happens once in 10^15 runs.
        Assert.All(set, static ones => Assert.InRange(ones, 370, 630));
    }

    [Fact]
    public void An_index_forgets_under_every_name()
    {
        var index = new PendingIndex();
        var asks = Enumerable.Range(0, 10).Select(i => Kept($"k{i}", $"{i}", 60)).ToArray();
        Array.ForEach(asks, index.Add);
        Assert.Equal([asks[7], asks[8], asks[9]], index.After(asks[6].Number));
        index.Remove(asks[3]);
        index.Remove(asks[3]);
        Assert.Equal(9, index.Count);
        Assert.Null(index.ById(asks[3].Id));
        Assert.Null(index.ByKey("k3", ""));
        Array.ForEach(asks, index.Remove);
        Assert.Equal((0, 0L), (index.Count, index.Bytes));
    }

    private Desk Desk(DeskLimits limits) => new(_audit, _hub, new(new NoHandlers(), _audit, _hub, static () => false, _fixture.Clock), _timers, new(_fixture.Clock, _boot), _counters, limits);

    private PendingAsk Open(Desk desk, int number, string? reason = null, AskTerms? terms = null)
    {
        var ask = Some.Ask("x.y", $"{number}");
        if (reason is not null)
        {
            ask.Set(AskMember.Reason, Some.Utf8(reason));
        }

        return desk.Open(ask, Some.Utf8($"sha256:{number}"), null, terms ?? Patient, SomePeer.Asker(this, 1), SomePeer.Principal(1), null);
    }

    private PendingAsk Kept(string key, string reason, int seconds)
    {
        var ask = Some.Ask("x.y");
        ask.Set(AskMember.Reason, Some.Utf8(reason));
        return new(new RequestIds().Next(), ++_number, ask, [], null, SomePeer.Asker(this, 1), SomePeer.Principal(1), key, new Deadline(TimeSpan.FromSeconds(seconds), _fixture.Clock, _boot))
        {
            Asked = _fixture.Clock.GetUtcNow(),
        };
    }

    private void Commit(Desk desk) => desk.OnCommit(_audit.Commit());

    /// <summary>Counts what was told since the last time, by type.</summary>
    private void Tell(Dictionary<string, int> told)
    {
        for (_read++; _read <= _hub.Last; _read++)
        {
            var line = Encoding.UTF8.GetString(_hub[_read]);
            var start = line.IndexOf("\"type\":\"", StringComparison.Ordinal) + 8;
            var type = line[start..line.IndexOf('"', start)];
            told[type] = told.GetValueOrDefault(type) + 1;
        }

        _read = _hub.Last;
    }
}
