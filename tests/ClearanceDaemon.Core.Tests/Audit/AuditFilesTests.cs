using ClearanceDaemon.Core.Audit;

namespace ClearanceDaemon.Core.Tests.Audit;

/// <summary>Files by month and size, and how long they are kept.</summary>
public sealed class AuditFilesTests : IDisposable
{
    private readonly AuditFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_new_month_begins_a_file_that_chains_to_the_last()
    {
        using (var log = _fixture.Open())
        {
            Assert.True(AuditFixture.Add(log, 3));
            _fixture.Clock.Set(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
            Assert.True(AuditFixture.Add(log, 2));
        }

        Assert.Equal(["2026-11.jsonl", "2026-12.jsonl"], _fixture.Names());
        Assert.Equal(2, _fixture.Lines("2026-12.jsonl").Length);
        var verdict = AuditVerify.Run(_fixture.LogDirectory, null);
        Assert.Equal((AuditVerdictState.Intact, 5), (verdict.State, verdict.Records));
    }

    [Fact]
    public void The_last_millisecond_of_a_month_still_belongs_to_it()
    {
        using var log = _fixture.Open();
        _fixture.Clock.Set(new DateTimeOffset(2026, 11, 30, 23, 59, 59, 999, TimeSpan.Zero));
        Assert.True(AuditFixture.Add(log));
        Assert.Equal(["2026-11.jsonl"], _fixture.Names());
    }

    [Fact]
    public void A_clock_set_back_stays_in_the_newest_file()
    {
        using (var log = _fixture.Open())
        {
            Assert.True(AuditFixture.Add(log));
            _fixture.Clock.Set(new DateTimeOffset(2025, 3, 1, 0, 0, 0, TimeSpan.Zero));
            Assert.True(AuditFixture.Add(log));
        }

        _fixture.Fill(1);
        Assert.Equal(["2026-11.jsonl"], _fixture.Names());
        Assert.Equal(3, _fixture.Lines().Length);
    }

    [Fact]
    public void A_year_ends_too()
    {
        using var log = _fixture.Open();
        Assert.True(AuditFixture.Add(log));
        _fixture.Clock.Set(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.True(AuditFixture.Add(log));
        Assert.Equal(["2026-11.jsonl", "2027-01.jsonl"], _fixture.Names());
    }

    [Fact]
    public void A_restart_finds_the_end_in_the_newest_file_and_past_an_empty_one()
    {
        _fixture.Fill(3);
        File.WriteAllText(_fixture.FilePath("2026-12.jsonl"), string.Empty);
        File.SetUnixFileMode(_fixture.FilePath("2026-12.jsonl"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _fixture.Fill(2);
        Assert.Equal(2, _fixture.Lines("2026-12.jsonl").Length);
        Assert.Equal(5, AuditVerify.Run(_fixture.LogDirectory, null).LastSeq);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 2)]
    public void A_file_takes_its_limit_of_bytes_and_no_more(int room, int files)
    {
        using var log = _fixture.Open();
        Assert.True(AuditFixture.Add(log));
        var record = new FileInfo(_fixture.FilePath()).Length;
        log.Dispose();
        _fixture.Options = _fixture.Options with { MaxBytes = AuditLimits.FilesPerLog * ((2 * record) + room) };
        using var again = _fixture.Open();
        Assert.True(AuditFixture.Add(again));
        Assert.Equal(files, _fixture.Names().Length);
        Assert.Equal(files == 1 ? "2026-11.jsonl" : "2026-11.part0002.jsonl", _fixture.Names()[^1]);
    }

    [Fact]
    public void Listing_order_is_record_order()
    {
        _fixture.Options = _fixture.Options with { MaxBytes = 16_000 };
        using (var log = _fixture.Open())
        {
            for (var i = 0; i < 30; i++)
            {
                Assert.True(AuditFixture.Add(log));
                if (i == 20)
                {
                    _fixture.Clock.Pass(TimeSpan.FromDays(30));
                }
            }
        }

        Assert.Equal(["2026-11.jsonl", "2026-11.part0002.jsonl"], _fixture.Names()[..2]);
        var prev = string.Empty;
        foreach (var line in _fixture.Names().SelectMany(_fixture.Lines))
        {
            Assert.True(AuditLine.TryParse(System.Text.Encoding.UTF8.GetBytes(line), out var record));
            Assert.True(prev.Length == 0 || prev == System.Text.Encoding.ASCII.GetString(record.Prev));
            var head = new byte[AuditHash.HexBytes];
            AuditHash.Write(System.Text.Encoding.UTF8.GetBytes(line), head);
            prev = System.Text.Encoding.ASCII.GetString(head);
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, true)]
    public void The_oldest_file_goes_when_all_together_are_over_the_limit(int room, bool pruned)
    {
        FillMonths(3);
        var total = _fixture.Names().Sum(name => new FileInfo(_fixture.FilePath(name)).Length);
        _fixture.Options = _fixture.Options with { MaxBytes = total + room };
        _fixture.Open().Dispose();
        Assert.Equal(!pruned, File.Exists(_fixture.FilePath("2026-11.jsonl")));
        Assert.True(File.Exists(_fixture.FilePath("2026-12.jsonl")));
        Assert.Equal(pruned, _fixture.AllText().Contains("\"kind\":\"pruned\",\"file\":\"2026-11.jsonl\"", StringComparison.Ordinal));
    }

    [Fact]
    public void The_current_file_is_never_removed()
    {
        _fixture.Fill(20);
        _fixture.Options = _fixture.Options with { MaxBytes = 1 };
        using var log = _fixture.Open();
        Assert.True(AuditFixture.Add(log));
        Assert.True(AuditFixture.Add(log));
        Assert.True(File.Exists(log.Status.File));
    }

    [Fact]
    public void A_busy_log_stays_near_its_limit_and_verifies_from_its_new_beginning()
    {
        _fixture.Options = _fixture.Options with { MaxBytes = 40_000 };
        AuditAnchor anchor;
        using (var log = _fixture.Open())
        {
            for (var i = 0; i < 500; i++)
            {
                Assert.True(AuditFixture.Add(log, 2));
                Assert.True(log.Status.Bytes < 41_000, $"{log.Status.Bytes}");
            }

            anchor = Durably(log);
        }

        var kept = _fixture.Names().Sum(name => new FileInfo(_fixture.FilePath(name)).Length);
        Assert.InRange(kept, 30_000, 41_000);
        var verdict = AuditVerify.Run(_fixture.LogDirectory, anchor);
        Assert.Equal((AuditVerdictState.Intact, true), (verdict.State, verdict.Anchored));
        Assert.True(verdict.FirstSeq > 500);
    }

    [Fact]
    public void An_old_file_removed_without_a_record_is_found()
    {
        FillMonths(3);
        File.Delete(_fixture.FilePath("2026-11.jsonl"));
        var verdict = AuditVerify.Run(_fixture.LogDirectory, null);
        Assert.Equal(AuditVerdictState.Broken, verdict.State);
        Assert.Equal(("2026-12.jsonl", 1L), (verdict.Break!.File, verdict.Break.Line));
        Assert.Contains("pruned", verdict.Break.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_pruned_on_record_but_still_there_after_a_crash_is_no_harm()
    {
        FillMonths(3);
        var copy = File.ReadAllBytes(_fixture.FilePath("2026-11.jsonl"));
        _fixture.Options = _fixture.Options with { MaxBytes = _fixture.AllText().Length - 1 };
        _fixture.Open().Dispose();
        File.WriteAllBytes(_fixture.FilePath("2026-11.jsonl"), copy);
        File.SetUnixFileMode(_fixture.FilePath("2026-11.jsonl"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(AuditVerdictState.Intact, AuditVerify.Run(_fixture.LogDirectory, null).State);
        _fixture.Open().Dispose();
        Assert.False(File.Exists(_fixture.FilePath("2026-11.jsonl")));
        Assert.Equal(AuditVerdictState.Intact, AuditVerify.Run(_fixture.LogDirectory, null).State);
    }

    private void FillMonths(int months)
    {
        using var log = _fixture.Open();
        for (var i = 0; i < months; i++)
        {
            Assert.True(AuditFixture.Add(log, 10));
            _fixture.Clock.Pass(TimeSpan.FromDays(31));
        }
    }

    private static AuditAnchor Durably(AuditLog log)
    {
        log.RequestAnchor(AnchorReason.Verdict);
        Assert.True(SpinWait.SpinUntil(() => log.Status.Anchor?.Seq == log.Status.Seq, TimeSpan.FromSeconds(30)));
        return log.Status.Anchor!;
    }
}
