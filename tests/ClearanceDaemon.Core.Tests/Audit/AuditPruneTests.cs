using ClearanceDaemon.Core.Audit;
using Microsoft.Win32.SafeHandles;

namespace ClearanceDaemon.Core.Tests.Audit;

/// <summary>Old files go only when that is on disk, are tried again until they are gone, and never take the reactor with them.</summary>
public sealed class AuditPruneTests : IDisposable
{
    private const string Oldest = "2026-11.jsonl";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly AuditFixture _fixture = new();
    private readonly FaultyDisk _disk = new();

    public AuditPruneTests()
    {
        _fixture.Fill(3);
        _fixture.Clock.Pass(TimeSpan.FromDays(31));
        _fixture.Fill(3);
        _fixture.Options = _fixture.Options with { Disk = _disk };
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_file_that_a_failed_sync_left_standing_goes_with_the_next_good_one()
    {
        _fixture.Options = _fixture.Options with { MaxBytes = _fixture.AllText().Length - 1 };
        _disk.SyncErrno = FaultyDisk.EIO;
        using var log = _fixture.Open();
        Assert.True(AuditFixture.Add(log));
        log.RequestAnchor(AnchorReason.Verdict);
        Await(() => log.Status.Error is not null);
        Assert.True(File.Exists(_fixture.FilePath(Oldest)));
        _disk.SyncErrno = 0;
        Assert.True(AuditFixture.Add(log));
        log.RequestAnchor(AnchorReason.Verdict);
        Await(() => !File.Exists(_fixture.FilePath(Oldest)));
        Await(() => log.Status.Error is null);
    }

    [Fact]
    public void A_file_that_cannot_be_read_or_removed_is_named_and_tried_again()
    {
        _fixture.Options = _fixture.Options with { MaxBytes = _fixture.AllText().Length + 300 };
        using var log = _fixture.Open();
        File.Delete(_fixture.FilePath(Oldest));
        Directory.CreateDirectory(_fixture.FilePath(Oldest));
        Assert.True(AuditFixture.Add(log, 3));
        Assert.True(AuditFixture.Add(log));
        Await(() => log.Status.Error is not null);
        Assert.Contains(_fixture.FilePath(Oldest), log.Status.Error, StringComparison.Ordinal);
        Assert.True(log.Available);
        Directory.Delete(_fixture.FilePath(Oldest));
        log.RequestAnchor(AnchorReason.Verdict);
        Await(() => log.Status.Error is null);
    }

    [Fact]
    public void A_read_that_fails_is_an_audit_exception()
    {
        using SafeFileHandle unreadable = File.OpenHandle(_fixture.FilePath(Oldest), FileMode.Open, FileAccess.Write);
        var fault = Assert.Throws<AuditException>(() => new BackwardLines(unreadable, 100));
        Assert.Contains("cannot be read at byte 0", fault.Message, StringComparison.Ordinal);
    }

    private static void Await(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, Patience));
}
