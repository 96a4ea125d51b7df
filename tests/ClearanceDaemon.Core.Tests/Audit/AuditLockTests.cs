using ClearanceDaemon.Core.Audit;

namespace ClearanceDaemon.Core.Tests.Audit;

/// <summary>A log has one writer at a time, whatever else the daemons that want it share or do not share.</summary>
public sealed class AuditLockTests : IDisposable
{
    private readonly AuditFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_second_writer_is_told_where_the_first_is_and_writes_nothing()
    {
        using var first = _fixture.Open();
        Assert.True(AuditFixture.Add(first));
        var refused = Assert.Throws<AuditException>(_fixture.Open);
        Assert.True(refused.IsInUse);
        Assert.Contains(_fixture.LogDirectory, refused.Message, StringComparison.Ordinal);
        Assert.Contains("XDG_STATE_HOME", refused.Message, StringComparison.Ordinal);
        Assert.True(AuditFixture.Add(first));
        Assert.Equal(2, _fixture.Lines().Length);
    }

    [Fact]
    public void A_writer_in_another_process_holds_the_log_until_it_is_gone()
    {
        using var child = AuditChild.Start(_fixture.Root, "for-ever", "true");
        try
        {
            Assert.NotNull(child.StandardOutput.ReadLine());
            Assert.True(Assert.Throws<AuditException>(_fixture.Open).IsInUse);
        }
        finally
        {
            child.Kill();
            child.WaitForExit();
        }

        _fixture.Fill(1);
        Assert.Equal(AuditVerdictState.Intact, AuditVerify.Run(_fixture.LogDirectory, null).State);
    }

    [Fact]
    public void The_lock_goes_with_the_log_and_with_an_open_that_failed()
    {
        _fixture.Fill(1);
        var lines = File.ReadAllText(_fixture.FilePath());
        File.WriteAllText(_fixture.FilePath(), "no record\n");
        Assert.False(Assert.Throws<AuditException>(_fixture.Open).IsInUse);
        File.WriteAllText(_fixture.FilePath(), lines);
        _fixture.Fill(1);
        Assert.Equal(2, _fixture.Lines().Length);
    }

    [Fact]
    public void Readers_meet_no_lock()
    {
        using var log = _fixture.Open();
        Assert.True(AuditFixture.Add(log, 2));
        Assert.Equal(2, AuditVerify.Run(_fixture.LogDirectory, null).Records);
        Assert.Equal(2, AuditReader.Read(_fixture.LogDirectory, new AuditQuery()).Records.Count);
    }
}
