using System.Text;
using ClearanceDaemon.Core.Audit;

namespace ClearanceDaemon.Core.Tests.Audit;

public sealed class AuditVerifyTests : IDisposable
{
    private readonly AuditFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void An_empty_log_is_intact()
    {
        _fixture.Open().Dispose();
        var verdict = AuditVerify.Run(_fixture.LogDirectory, null);
        Assert.Equal((AuditVerdictState.Intact, 0L), (verdict.State, verdict.Records));
        Assert.Null(verdict.LastSeq);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void B66_a_tail_cut_by_whole_records_fails_against_the_anchor(int cut)
    {
        _fixture.Fill(10);
        File.WriteAllLines(_fixture.FilePath(), _fixture.Lines()[..(10 - cut)]);
        Assert.Equal(AuditVerdictState.Intact, AuditVerify.Run(_fixture.LogDirectory, null).State);
        var verdict = AuditVerify.Run(_fixture.LogDirectory, Anchor());
        Assert.Equal(AuditVerdictState.Broken, verdict.State);
        Assert.Equal(10 - cut, verdict.Break!.Seq);
        Assert.Contains("record 10 was on disk", verdict.Break.What, StringComparison.Ordinal);
    }

    [Fact]
    public void B66_a_tail_cut_and_written_anew_fails_against_the_anchor()
    {
        _fixture.Fill(5);
        var anchor = Anchor();
        File.WriteAllLines(_fixture.FilePath(), _fixture.Lines()[..3]);
        File.Delete(_fixture.Options.AnchorPath);
        _fixture.Clock.Pass(TimeSpan.FromSeconds(1));
        _fixture.Fill(5);
        var verdict = AuditVerify.Run(_fixture.LogDirectory, anchor);
        Assert.Equal((AuditVerdictState.Broken, 5L), (verdict.State, verdict.Break!.Seq));
    }

    [Fact]
    public void Any_byte_changed_to_anything_is_found()
    {
        _fixture.Options = _fixture.Options with { MaxBytes = 4_000 };
        using (var log = _fixture.Open())
        {
            for (var i = 0; i < 6; i++)
            {
                Assert.True(AuditFixture.Add(log));
            }
        }

        var anchor = Anchor();
        var random = new Random(20261120);
        Assert.True(_fixture.Names().Length > 1);
        Assert.Equal(AuditVerdictState.Intact, AuditVerify.Run(_fixture.LogDirectory, anchor).State);
        foreach (var name in _fixture.Names())
        {
            var bytes = File.ReadAllBytes(_fixture.FilePath(name));
            for (var i = 0; i < bytes.Length; i++)
            {
                Changed(name, bytes, i, (byte)(bytes[i] ^ (1 << random.Next(8))), anchor);
                Changed(name, bytes, i, "\n0\"}"u8[random.Next(4)], anchor);
            }

            File.WriteAllBytes(_fixture.FilePath(name), bytes);
        }
    }

    [Fact]
    public void Every_line_removed_swapped_or_doubled_is_found()
    {
        _fixture.Fill(6);
        var anchor = Anchor();
        var lines = _fixture.Lines();
        for (var i = 0; i < lines.Length; i++)
        {
            Broken([.. lines[..i], .. lines[(i + 1)..]], anchor);
            Broken([.. lines[..i], lines[i], lines[i], .. lines[(i + 1)..]], anchor);
            if (i > 0)
            {
                Broken([.. lines[..(i - 1)], lines[i], lines[i - 1], .. lines[(i + 1)..]], anchor);
            }
        }
    }

    [Fact]
    public void The_first_break_is_named_by_file_line_and_number()
    {
        _fixture.Fill(5);
        var lines = _fixture.Lines();
        lines[2] = lines[2].Replace("net.connect", "net.connecT", StringComparison.Ordinal);
        lines[4] = "x";
        File.WriteAllLines(_fixture.FilePath(), lines);
        var found = AuditVerify.Run(_fixture.LogDirectory, null).Break!;
        Assert.Equal(("2026-11.jsonl", 4L, 4L), (found.File, found.Line, found.Seq));
    }

    [Fact]
    public void A_middle_file_removed_is_found()
    {
        using (var log = _fixture.Open())
        {
            for (var i = 0; i < 3; i++)
            {
                Assert.True(AuditFixture.Add(log, 3));
                _fixture.Clock.Pass(TimeSpan.FromDays(31));
            }
        }

        File.Delete(_fixture.FilePath("2026-12.jsonl"));
        var found = AuditVerify.Run(_fixture.LogDirectory, null).Break!;
        Assert.Equal(("2027-01.jsonl", 1L, 7L), (found.File, found.Line, found.Seq));
    }

    [Fact]
    public void An_older_file_that_ends_torn_is_broken()
    {
        using (var log = _fixture.Open())
        {
            Assert.True(AuditFixture.Add(log, 3));
            _fixture.Clock.Pass(TimeSpan.FromDays(31));
            Assert.True(AuditFixture.Add(log, 3));
        }

        File.AppendAllText(_fixture.FilePath(), "{\"v\"");
        Assert.Equal(AuditVerdictState.Broken, AuditVerify.Run(_fixture.LogDirectory, null).State);
    }

    [Fact]
    public void Text_of_an_asker_cannot_pose_as_an_alarm_or_a_pruning()
    {
        using (var log = _fixture.Open())
        {
            log.Begin("ask"u8).Text("action"u8, "\",\"kind\":\"alarm"u8).Raw("details"u8, "{\"kind\":\"alarm\"}"u8).End();
            Assert.True(log.Commit());
        }

        Assert.Equal(AuditVerdictState.Intact, AuditVerify.Run(_fixture.LogDirectory, null).State);
    }

    [Fact]
    public async Task A_log_that_is_being_written_and_pruned_verifies_at_any_moment()
    {
        _fixture.Options = _fixture.Options with { MaxBytes = 20_000 };
        using var log = _fixture.Open();
        Assert.True(AuditFixture.Add(log));
        log.RequestAnchor(AnchorReason.Start);
        using var stop = new CancellationTokenSource();
        var verifier = Task.Run(() =>
        {
            do
            {
                var verdict = AuditVerify.Run(_fixture.LogDirectory, Anchor(), CancellationToken.None);
                Assert.True(verdict.State == AuditVerdictState.Intact, $"{verdict.Break}");
            }
            while (!stop.IsCancellationRequested);
        });
        for (var i = 0; i < 3000; i++)
        {
            Assert.True(AuditFixture.Add(log));
        }

        await stop.CancelAsync();
        await verifier;
    }

    private void Changed(string name, byte[] bytes, int at, byte value, AuditAnchor? anchor)
    {
        if (bytes[at] == value)
        {
            return;
        }

        var changed = (byte[])bytes.Clone();
        changed[at] = value;
        File.WriteAllBytes(_fixture.FilePath(name), changed);
        var verdict = AuditVerify.Run(_fixture.LogDirectory, anchor);
        Assert.True(verdict.State == AuditVerdictState.Broken, $"{name} byte {at} as {value}: {Encoding.UTF8.GetString(changed)}");
    }

    private void Broken(string[] lines, AuditAnchor? anchor)
    {
        File.WriteAllLines(_fixture.FilePath(), lines);
        Assert.Equal(AuditVerdictState.Broken, AuditVerify.Run(_fixture.LogDirectory, anchor).State);
    }

    private AuditAnchor? Anchor()
    {
        using var file = new AnchorFile(_fixture.Options.AnchorPath);
        return file.Read(out _);
    }
}
