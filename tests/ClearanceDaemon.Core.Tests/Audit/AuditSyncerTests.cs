using ClearanceDaemon.Core.Audit;

namespace ClearanceDaemon.Core.Tests.Audit;

/// <summary>What is put on disk, when, and who is told.</summary>
public sealed class AuditSyncerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly AuditFixture _fixture = new();
    private readonly FaultyDisk _disk = new();

    public AuditSyncerTests() => _fixture.Options = _fixture.Options with { Disk = _disk };

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Durable_is_true_once_what_was_written_is_synced()
    {
        using var log = _fixture.Open();
        Assert.True(AuditFixture.Add(log));
        Assert.True(await log.Durable().WaitAsync(Patience));
        Assert.True(_disk.Syncs >= 1);
    }

    [Fact]
    public async Task Durable_waits_for_the_commit_of_what_is_pending()
    {
        using var log = _fixture.Open();
        log.Begin("verdict"u8).End();
        var durable = log.Durable();
        Assert.False(durable.IsCompleted);
        Assert.True(log.Commit());
        Assert.True(await durable.WaitAsync(Patience));
    }

    [Fact]
    public async Task Durable_is_false_when_the_record_was_not_written()
    {
        using var log = _fixture.Open();
        log.Begin("verdict"u8).End();
        var durable = log.Durable();
        _disk.WriteErrno = FaultyDisk.ENOSPC;
        Assert.False(log.Commit());
        Assert.False(await durable.WaitAsync(Patience));
    }

    [Fact]
    public async Task Many_who_wait_share_a_sync()
    {
        using var gate = new ManualResetEventSlim();
        using var log = _fixture.Open();
        _disk.SyncGate = gate;
        Assert.True(AuditFixture.Add(log));
        var first = log.Durable();
        Assert.True(SpinWait.SpinUntil(() => _disk.Syncs == 1, Patience));
        var others = new List<Task<bool>>();
        for (var i = 0; i < 50; i++)
        {
            Assert.True(AuditFixture.Add(log));
            others.Add(log.Durable());
        }

        gate.Set();
        Assert.True(await first.WaitAsync(Patience));
        Assert.DoesNotContain(false, await Task.WhenAll(others).WaitAsync(Patience));
        Assert.Equal(2, _disk.Syncs);
    }

    [Fact]
    public async Task A_slow_sync_does_not_hold_up_commits()
    {
        using var gate = new ManualResetEventSlim();
        using var log = _fixture.Open();
        _disk.SyncGate = gate;
        Assert.True(AuditFixture.Add(log));
        var durable = log.Durable();
        Assert.True(SpinWait.SpinUntil(() => _disk.Syncs == 1, Patience));
        Assert.True(AuditFixture.Add(log, 10));
        Assert.False(durable.IsCompleted);
        gate.Set();
        Assert.True(await durable.WaitAsync(Patience));
    }

    [Fact]
    public async Task After_a_failed_sync_the_log_leaves_the_file_and_says_so()
    {
        using (var log = _fixture.Open())
        {
            Assert.True(AuditFixture.Add(log));
            _disk.SyncErrno = FaultyDisk.EIO;
            Assert.False(await log.Durable().WaitAsync(Patience));
            Assert.Contains("may be lost", log.Status.Error, StringComparison.Ordinal);
            _disk.SyncErrno = 0;
            Assert.False(await log.Durable().WaitAsync(Patience));
            Assert.True(AuditFixture.Add(log));
            Assert.True(await log.Durable().WaitAsync(Patience));
            Assert.Null(log.Status.Error);
        }

        Assert.Equal(["2026-11.jsonl", "2026-11.part0002.jsonl"], _fixture.Names());
        Assert.Contains("\"kind\":\"alarm\",\"file\":\"2026-11.jsonl\",\"lastSeq\":1", _fixture.Lines("2026-11.part0002.jsonl")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_waits_for_an_unfit_file_is_not_told_of_the_next_ones_success()
    {
        using var gate = new ManualResetEventSlim();
        using var log = _fixture.Open();
        (_disk.SyncGate, _disk.SyncErrno) = (gate, FaultyDisk.EIO);
        Assert.True(AuditFixture.Add(log));
        var first = log.Durable();
        Assert.True(SpinWait.SpinUntil(() => _disk.Syncs == 1, Patience));
        Assert.True(AuditFixture.Add(log));
        var second = log.Durable();
        gate.Set();
        Assert.False(await first.WaitAsync(Patience));
        _disk.SyncErrno = 0;
        Assert.True(AuditFixture.Add(log));
        Assert.True(await log.Durable().WaitAsync(Patience));
        Assert.False(await second.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_file_removed_under_the_log_is_noticed_at_the_next_sync()
    {
        using var log = _fixture.Open();
        Assert.True(AuditFixture.Add(log, 3));
        File.Delete(_fixture.FilePath());
        Assert.False(await log.Durable().WaitAsync(Patience));
        Assert.True(AuditFixture.Add(log));
        Assert.True(await log.Durable().WaitAsync(Patience));
        Assert.Contains("\"kind\":\"alarm\"", _fixture.Lines("2026-11.part0002.jsonl")[0], StringComparison.Ordinal);
        Assert.Equal(AuditVerdictState.Broken, AuditVerify.Run(_fixture.LogDirectory, null).State);
    }

    [Fact]
    public void An_anchor_names_the_last_record_and_reaches_file_and_sink()
    {
        using var log = _fixture.Open();
        Assert.True(AuditFixture.Add(log, 3));
        log.RequestAnchor(AnchorReason.Start);
        var anchor = Awaited(log, 3);
        var head = new byte[AuditHash.HexBytes];
        AuditHash.Write(System.Text.Encoding.UTF8.GetBytes(_fixture.Lines()[2]), head);
        Assert.Equal(System.Text.Encoding.ASCII.GetString(head), anchor.Sha256);
        Assert.Equal(AnchorReason.Start, anchor.Reason);
        using var file = new AnchorFile(_fixture.Options.AnchorPath);
        Assert.Equal(anchor, file.Read(out _));
        Assert.True(SpinWait.SpinUntil(() => { lock (_fixture.Anchors) { return _fixture.Anchors.Contains(anchor); } }, Patience));
        Assert.False(File.Exists(_fixture.Options.AnchorPath + ".new"));
    }

    [Fact]
    public void An_anchor_asked_for_in_mid_turn_waits_for_the_commit()
    {
        using var log = _fixture.Open();
        log.Begin("ask"u8).End();
        log.RequestAnchor(AnchorReason.Verdict);
        Assert.True(log.Commit());
        Awaited(log, 1);
    }

    [Fact]
    public void A_stop_sets_an_anchor_and_a_second_one_on_the_same_record_is_not_set()
    {
        _fixture.Fill(2);
        Assert.Equal((2, AnchorReason.Stop), (_fixture.Anchors[^1].Seq, _fixture.Anchors[^1].Reason));
        var count = _fixture.Anchors.Count;
        _fixture.Open().Dispose();
        Assert.Equal(count, _fixture.Anchors.Count);
    }

    [Fact]
    public void A_rotation_sets_an_anchor()
    {
        using var log = _fixture.Open();
        Assert.True(AuditFixture.Add(log));
        _fixture.Clock.Pass(TimeSpan.FromDays(31));
        Assert.True(AuditFixture.Add(log));
        Assert.Equal(AnchorReason.Rotation, Awaited(log, 2).Reason);
    }

    [Fact]
    public void What_was_written_is_anchored_without_being_asked()
    {
        _fixture.Options = _fixture.Options with { Time = TimeProvider.System, AnchorEvery = TimeSpan.FromMilliseconds(50) };
        using var log = _fixture.Open();
        Assert.True(AuditFixture.Add(log));
        Assert.Equal(AnchorReason.Interval, Awaited(log, 1).Reason);
        Assert.True(AuditFixture.Add(log));
        Awaited(log, 2);
    }

    [Fact]
    public void An_anchor_that_cannot_be_written_shows_and_leaves_the_log_available()
    {
        using var log = _fixture.Open();
        Assert.True(AuditFixture.Add(log));
        Directory.CreateDirectory(_fixture.Options.AnchorPath + ".new");
        log.RequestAnchor(AnchorReason.Verdict);
        Assert.True(SpinWait.SpinUntil(() => log.Status.Error is not null, Patience));
        Assert.Contains("anchor", log.Status.Error, StringComparison.Ordinal);
        Assert.True(log.Available);
        Directory.Delete(_fixture.Options.AnchorPath + ".new");
        log.RequestAnchor(AnchorReason.Verdict);
        Awaited(log, 1);
    }

    private static AuditAnchor Awaited(AuditLog log, long seq)
    {
        Assert.True(SpinWait.SpinUntil(() => log.Status.Anchor?.Seq == seq, Patience), $"{log.Status}");
        return log.Status.Anchor!;
    }
}
