using System.Text;
using System.Text.Json;
using ClearanceDaemon.Core.Audit;

namespace ClearanceDaemon.Core.Tests.Audit;

public sealed class AuditReaderTests : IDisposable
{
    private readonly AuditFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void An_empty_log_has_no_page()
    {
        _fixture.Open().Dispose();
        var page = AuditReader.Read(_fixture.LogDirectory, new AuditQuery(Newest: true));
        Assert.Empty(page.Records);
        Assert.Null(page.Next);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pages_give_every_record_once_and_in_order(bool newest)
    {
        Spread(950);
        var all = new List<long>();
        var page = Read(new AuditQuery(Newest: newest));
        while (true)
        {
            all.AddRange(Seqs(page));
            if (page.Next is not { } next)
            {
                break;
            }

            Assert.Equal(AuditLimits.PageRecords, page.Records.Count);
            page = Read(newest ? new AuditQuery(Before: next, Newest: true) : new AuditQuery(After: next));
        }

        var expected = Enumerable.Range(1, 950).Select(i => (long)i);
        Assert.Equal(newest ? expected.Reverse() : expected, all);
    }

    [Fact]
    public void After_and_before_bound_a_page_from_either_end()
    {
        Spread(300);
        Assert.Equal([101L, 102, 103], Seqs(Read(new AuditQuery(After: 100, Before: 104))));
        Assert.Equal([103L, 102, 101], Seqs(Read(new AuditQuery(After: 100, Before: 104, Newest: true))));
        Assert.Null(Read(new AuditQuery(After: 100, Before: 104)).Next);
        Assert.Empty(Read(new AuditQuery(After: 300)).Records);
        Assert.Empty(Read(new AuditQuery(Before: 1, Newest: true)).Records);
        Assert.Equal([1L, 2], Seqs(Read(new AuditQuery(Before: 3))));
        Assert.Equal([300L], Seqs(Read(new AuditQuery(After: 299, Newest: true))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_place_in_the_log_is_found(bool newest)
    {
        Spread(400);
        for (long seq = 1; seq <= 400; seq++)
        {
            var query = newest ? new AuditQuery(Before: seq + 1, Limit: 1, Newest: true) : new AuditQuery(After: seq - 1, Limit: 1);
            Assert.Equal([seq], Seqs(Read(query)));
        }
    }

    [Fact]
    public void A_place_in_a_big_file_is_found()
    {
        _fixture.Fill(3000);
        foreach (var seq in new long[] { 1, 2, 700, 1499, 1500, 2999, 3000 })
        {
            Assert.Equal(seq, Seqs(Read(new AuditQuery(After: seq - 1)))[0]);
            Assert.Equal(seq, Seqs(Read(new AuditQuery(Before: seq + 1, Newest: true)))[0]);
        }
    }

    [Fact]
    public void A_kind_is_filtered_and_paging_goes_on_where_it_stopped()
    {
        using (var log = _fixture.Open())
        {
            for (var i = 0; i < 100; i++)
            {
                Assert.True(AuditFixture.Add(log, 1, i % 10 == 0 ? "reload" : "ask"));
            }
        }

        var page = Read(new AuditQuery(Kind: "reload", Limit: 4));
        Assert.Equal([1L, 11, 21, 31], Seqs(page));
        Assert.Equal([41L, 51], Seqs(Read(new AuditQuery(After: page.Next, Kind: "reload", Limit: 2))));
        Assert.Equal([91L, 81], Seqs(Read(new AuditQuery(Kind: "reload", Limit: 2, Newest: true))));
        Assert.Empty(Read(new AuditQuery(Kind: "relo")).Records);
    }

    [Theory]
    [InlineData(AuditLimits.PageRecords, AuditLimits.PageRecords, false)]
    [InlineData(AuditLimits.PageRecords + 1, AuditLimits.PageRecords, true)]
    public void A_page_holds_its_limit_of_records_and_no_more(int records, int expected, bool more)
    {
        _fixture.Fill(records);
        var page = Read(new AuditQuery(Limit: 100_000));
        Assert.Equal((expected, more), (page.Records.Count, page.Next is not null));
    }

    [Fact]
    public void A_page_holds_its_limit_of_bytes()
    {
        using (var log = _fixture.Open())
        {
            for (var i = 0; i < 12; i++)
            {
                Assert.True(AuditFixture.Add(log, 1, text: new string('x', 100_000)));
            }
        }

        foreach (var newest in new[] { false, true })
        {
            var page = Read(new AuditQuery(Newest: newest));
            Assert.InRange(page.Records.Sum(record => record.Length), AuditLimits.PageBytes - 110_000, AuditLimits.PageBytes);
            Assert.NotNull(page.Next);
        }
    }

    [Fact]
    public void Lines_that_are_no_records_are_counted_and_never_handed_out()
    {
        _fixture.Fill(3);
        var lines = _fixture.Lines();
        var broken = lines[1].Replace("\"n\":1", "\"n\":}", StringComparison.Ordinal);
        File.WriteAllLines(_fixture.FilePath(), [lines[0], "junk", broken, lines[2]]);
        foreach (var newest in new[] { false, true })
        {
            var page = Read(new AuditQuery(Newest: newest));
            Assert.Equal(2, page.Records.Count);
            Assert.Equal(2, page.Unreadable);
        }
    }

    [Fact]
    public void A_record_being_written_is_not_seen()
    {
        _fixture.Fill(3);
        File.AppendAllText(_fixture.FilePath(), "{\"v\":1,\"seq\":4");
        Assert.Equal([1L, 2, 3], Seqs(Read(new AuditQuery())));
        Assert.Equal([3L, 2, 1], Seqs(Read(new AuditQuery(Newest: true))));
    }

    private AuditPage Read(AuditQuery query) => AuditReader.Read(_fixture.LogDirectory, query);

    /// <summary>A log over several files.</summary>
    private void Spread(int records)
    {
        using var log = _fixture.Open();
        for (var i = 0; i < records; i++)
        {
            if (i % 90 == 89)
            {
                _fixture.Clock.Pass(TimeSpan.FromDays(31));
            }

            Assert.True(AuditFixture.Add(log));
        }
    }

    private static List<long> Seqs(AuditPage page) =>
        [.. page.Records.Select(record => JsonDocument.Parse(Encoding.UTF8.GetString(record)).RootElement.GetProperty("seq").GetInt64())];
}
