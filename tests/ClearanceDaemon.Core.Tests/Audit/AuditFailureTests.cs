using System.Diagnostics;
using ClearanceDaemon.Core.Audit;

namespace ClearanceDaemon.Core.Tests.Audit;

/// <summary>What cannot be written never counted: fail closed, cut back, heal.</summary>
public sealed class AuditFailureTests : IDisposable
{
    private readonly AuditFixture _fixture = new();
    private readonly FaultyDisk _disk = new();

    public AuditFailureTests() => _fixture.Options = _fixture.Options with { Disk = _disk };

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_write_that_fails_takes_its_records_back()
    {
        using var log = _fixture.Open();
        Assert.True(AuditFixture.Add(log, 2));
        var before = _fixture.AllText();
        _disk.WriteErrno = FaultyDisk.ENOSPC;
        Assert.False(AuditFixture.Add(log, 3));
        Assert.False(log.Available);
        Assert.Equal(AuditState.Failed, log.Status.State);
        Assert.Contains("2026-11.jsonl", log.Status.Error, StringComparison.Ordinal);
        Assert.Contains("No space", log.Status.Error, StringComparison.Ordinal);
        Assert.Equal(2, log.Status.Seq);
        Assert.Equal(before, _fixture.AllText());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(400)]
    public void A_short_write_is_cut_back(int bytes)
    {
        using var log = _fixture.Open();
        Assert.True(AuditFixture.Add(log, 2));
        var before = _fixture.AllText();
        _disk.ShortWrite = bytes;
        Assert.False(AuditFixture.Add(log, 3));
        Assert.Equal(before, _fixture.AllText());
    }

    [Fact]
    public void The_log_heals_when_there_is_room_again_and_says_what_it_missed()
    {
        using (var log = _fixture.Open())
        {
            Assert.True(AuditFixture.Add(log, 2));
            _disk.ShortWrite = 50;
            Assert.False(AuditFixture.Add(log, 3));
            _disk.ShortWrite = null;
            _fixture.Clock.Pass(AuditLimits.RetryEvery);
            Assert.True(AuditFixture.Add(log));
            Assert.True(log.Available);
            Assert.Null(log.Status.Error);
        }

        var lines = _fixture.Lines();
        Assert.Equal(4, lines.Length);
        Assert.Contains("\"kind\":\"resumed\"", lines[2], StringComparison.Ordinal);
        Assert.Contains("\"dropped\":3", lines[2], StringComparison.Ordinal);
        Assert.Equal(AuditVerdictState.Intact, AuditVerify.Run(_fixture.LogDirectory, null).State);
    }

    [Fact]
    public void A_failed_log_heals_without_a_record_to_write()
    {
        using var log = _fixture.Open();
        _disk.WriteErrno = FaultyDisk.ENOSPC;
        Assert.False(AuditFixture.Add(log));
        _disk.WriteErrno = 0;
        Assert.False(log.Probe());
        _fixture.Clock.Pass(AuditLimits.RetryEvery);
        Assert.True(log.Commit());
        Assert.True(log.Available);
        Assert.Contains("resumed", Assert.Single(_fixture.Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_log_leaves_the_disk_alone_until_a_second_has_passed()
    {
        using var log = _fixture.Open();
        _disk.WriteErrno = FaultyDisk.ENOSPC;
        Assert.False(AuditFixture.Add(log));
        _fixture.Clock.Pass(AuditLimits.RetryEvery - TimeSpan.FromMilliseconds(1));
        for (var i = 0; i < 100; i++)
        {
            Assert.False(AuditFixture.Add(log));
            Assert.False(log.Probe());
        }

        Assert.Equal(1, _disk.Writes);
        _fixture.Clock.Pass(TimeSpan.FromMilliseconds(1));
        Assert.False(log.Probe());
        Assert.Equal(2, _disk.Writes);
    }

    [Fact]
    public void Nothing_is_appended_to_a_tail_that_could_not_be_cut()
    {
        using var log = _fixture.Open();
        Assert.True(AuditFixture.Add(log));
        (_disk.ShortWrite, _disk.TruncateErrno) = (20, FaultyDisk.EIO);
        Assert.False(AuditFixture.Add(log));
        Assert.Contains("cut back", log.Status.Error, StringComparison.Ordinal);
        _disk.ShortWrite = null;
        _fixture.Clock.Pass(AuditLimits.RetryEvery);
        Assert.False(log.Probe());
        _disk.TruncateErrno = 0;
        _fixture.Clock.Pass(AuditLimits.RetryEvery);
        Assert.True(log.Probe());
        Assert.Equal(2, _fixture.Lines().Length);
        Assert.Equal(AuditVerdictState.Intact, AuditVerify.Run(_fixture.LogDirectory, null).State);
    }

    [Fact]
    public void A_disk_that_is_really_full_answers_false_and_heals()
    {
        if (!RunTool("mount", "-t", "tmpfs", "-o", "size=64k,mode=0700", "tmpfs", _fixture.Root))
        {
            Assert.Skip("mounting a small tmpfs needs root and a mount namespace that allows it");
        }

        try
        {
            _fixture.Options = _fixture.Options with { Disk = new AuditDisk() };
            using var log = _fixture.Open();
            var records = 0;
            while (AuditFixture.Add(log, 10, text: new string('x', 100)))
            {
                records += 10;
                Assert.True(records < 10_000);
            }

            Assert.Equal(records, _fixture.Lines().Length);
            Assert.EndsWith("\n", _fixture.AllText(), StringComparison.Ordinal);
            Assert.True(RunTool("mount", "-o", "remount,size=128k", _fixture.Root));
            _fixture.Clock.Pass(AuditLimits.RetryEvery);
            Assert.True(log.Probe());
            Assert.True(AuditFixture.Add(log));
            Assert.Equal(AuditVerdictState.Intact, AuditVerify.Run(_fixture.LogDirectory, null).State);
        }
        finally
        {
            RunTool("umount", "-l", _fixture.Root);
        }
    }

    [Theory]
    [InlineData(8, "bytes were written")]
    [InlineData(0, "File too large")]
    public void A_file_size_limit_is_a_failed_write_and_no_death(int blocks, string reason)
    {
        // A write that begins at RLIMIT_FSIZE raises SIGXFSZ beside EFBIG; one that only crosses it is cut short.
        using var child = AuditChild.Start(_fixture.Root, "until-refused", $"ulimit -f {blocks}");
        var said = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        Assert.True(child.ExitCode == 0, $"exit {child.ExitCode}: {said}{child.StandardError.ReadToEnd()}");
        Assert.Contains(reason, said, StringComparison.Ordinal);
        Assert.Equal(AuditVerdictState.Intact, AuditVerify.Run(_fixture.LogDirectory, null).State);
        Assert.Equal(0, AuditVerify.Run(_fixture.LogDirectory, null).TornBytes);
    }

    [Fact]
    public void A_log_that_cannot_write_at_its_start_opens_failed_and_keeps_its_alarm()
    {
        _fixture.Fill(3);
        File.WriteAllLines(_fixture.FilePath(), _fixture.Lines()[..1]);
        _disk.WriteErrno = FaultyDisk.ENOSPC;
        using (var log = _fixture.Open())
        {
            Assert.False(log.Available);
            log.RequestAnchor(AnchorReason.Start);
        }

        using (var anchors = new AnchorFile(_fixture.Options.AnchorPath))
        {
            Assert.Equal(3, anchors.Read(out _)!.Seq);
        }

        _disk.WriteErrno = 0;
        _fixture.Fill(1);
        Assert.Contains("\"kind\":\"alarm\"", _fixture.Lines()[1], StringComparison.Ordinal);
    }

    private static bool RunTool(string tool, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardError = true });
            process!.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
