using System.Globalization;
using ClearanceDaemon.Core.Audit;

namespace ClearanceDaemon.Core.Tests.Audit;

/// <summary>What an unclean end leaves behind, and what tampering does.</summary>
public sealed class AuditRecoveryTests : IDisposable
{
    private readonly AuditFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_torn_tail_is_cut_and_put_on_record_without_an_alarm()
    {
        _fixture.Fill(3);
        File.AppendAllText(_fixture.FilePath(), "{\"v\":1,\"seq\":4,\"ti");
        Assert.Equal(AuditVerdictState.Intact, AuditVerify.Run(_fixture.LogDirectory, Anchor()).State);
        Assert.Equal(18, AuditVerify.Run(_fixture.LogDirectory, Anchor()).TornBytes);
        using var log = _fixture.Open();
        Assert.True(log.Available);
        var lines = _fixture.Lines();
        Assert.Equal(4, lines.Length);
        Assert.Contains("\"seq\":4,", lines[3], StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"recovered\",\"file\":\"2026-11.jsonl\",\"bytes\":18,", lines[3], StringComparison.Ordinal);
        Assert.Equal(AuditVerdictState.Intact, AuditVerify.Run(_fixture.LogDirectory, Anchor()).State);
    }

    [Fact]
    public void A_file_that_is_one_torn_write_is_emptied()
    {
        AuditFixture.MakePrivate(_fixture.LogDirectory);
        File.WriteAllText(_fixture.FilePath(), "{\"v\":1,");
        File.SetUnixFileMode(_fixture.FilePath(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _fixture.Fill(1);
        Assert.Equal(2, AuditVerify.Run(_fixture.LogDirectory, null).Records);
    }

    [Fact]
    public void A_tail_cut_before_the_anchor_is_an_alarm_on_record_and_for_good()
    {
        _fixture.Fill(10);
        File.WriteAllLines(_fixture.FilePath(), _fixture.Lines()[..4]);
        using (var log = _fixture.Open())
        {
            Assert.True(log.Available);
            Assert.Equal(5, log.Status.Seq);
        }

        Assert.Contains("\"kind\":\"alarm\",\"lastSeq\":4,\"anchorSeq\":10,\"anchorSha256\":\"", _fixture.Lines()[4], StringComparison.Ordinal);
        _fixture.Fill(20);
        var verdict = AuditVerify.Run(_fixture.LogDirectory, Anchor());
        Assert.Equal(AuditVerdictState.Alarmed, verdict.State);
        Assert.Equal([5L], verdict.Alarms);
    }

    [Fact]
    public void A_changed_last_record_is_an_alarm()
    {
        _fixture.Fill(3);
        File.WriteAllText(_fixture.FilePath(), _fixture.AllText().Replace("\"n\":2", "\"n\":7", StringComparison.Ordinal));
        _fixture.Open().Dispose();
        Assert.Contains("\"kind\":\"alarm\"", _fixture.Lines()[3], StringComparison.Ordinal);
    }

    [Fact]
    public void All_files_gone_is_an_alarm()
    {
        _fixture.Fill(3);
        File.Delete(_fixture.FilePath());
        Assert.Equal(AuditVerdictState.Broken, AuditVerify.Run(_fixture.LogDirectory, Anchor()).State);
        _fixture.Open().Dispose();
        Assert.Contains("\"kind\":\"alarm\",\"lastSeq\":0,\"anchorSeq\":3", Assert.Single(_fixture.Lines()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{\"v\":1,\"seq\":\"3\"}")]
    [InlineData("{\"v\":1,\"seq\":0,\"sha256\":\"\",\"time\":\"2026-11-20T22:55:00.123Z\",\"reason\":\"stop\"}")]
    public void An_anchor_that_cannot_be_read_is_an_alarm(string text)
    {
        _fixture.Fill(3);
        File.WriteAllText(_fixture.Options.AnchorPath, text);
        _fixture.Open().Dispose();
        Assert.Contains("\"kind\":\"alarm\"", _fixture.Lines()[3], StringComparison.Ordinal);
        Assert.Equal(4, Anchor()!.Seq);
    }

    [Fact]
    public void No_anchor_is_no_alarm_but_verify_says_that_none_was_there()
    {
        _fixture.Fill(3);
        File.Delete(_fixture.Options.AnchorPath);
        Assert.False(AuditVerify.Run(_fixture.LogDirectory, null).Anchored);
        _fixture.Open().Dispose();
        Assert.Equal(3, _fixture.Lines().Length);
    }

    [Theory]
    [InlineData("hello\n")]
    [InlineData("\n")]
    [InlineData("{\"v\":1,\"seq\":4}\n")]
    public void A_log_that_does_not_end_in_a_record_is_refused_with_what_to_do(string line)
    {
        _fixture.Fill(3);
        File.AppendAllText(_fixture.FilePath(), line);
        var refusal = Assert.Throws<AuditException>(() => _fixture.Open());
        Assert.Contains("2026-11.jsonl does not end in an audit record; move it away", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_tail_longer_than_any_record_is_refused(int over, bool accepted)
    {
        _fixture.Fill(1);
        File.AppendAllText(_fixture.FilePath(), new string('x', AuditLimits.RecordBytes + over));
        var refusal = Record.Exception(() => _fixture.Open().Dispose());
        Assert.Equal(accepted, refusal is null);
    }

    [Fact]
    public void Sigkill_loses_no_record_that_was_answered()
    {
        for (var round = 0; round < 3; round++)
        {
            long answered = 0;
            using (var child = AuditChild.Start(_fixture.Root, "for-ever", "true"))
            {
                for (var i = 0; i < 200; i++)
                {
                    answered = long.Parse(child.StandardOutput.ReadLine() ?? "0", CultureInfo.InvariantCulture);
                }

                child.Kill();
                child.StandardOutput.ReadToEnd();
                child.WaitForExit();
            }

            var verdict = AuditVerify.Run(_fixture.LogDirectory, Anchor());
            Assert.Equal(AuditVerdictState.Intact, verdict.State);
            Assert.True(verdict.LastSeq >= answered, $"{verdict.LastSeq} < {answered}");
        }
    }

    private AuditAnchor? Anchor()
    {
        using var file = new AnchorFile(_fixture.Options.AnchorPath);
        return file.Read(out _);
    }
}
