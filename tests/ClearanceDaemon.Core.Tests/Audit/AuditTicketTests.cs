using ClearanceDaemon.Core.Audit;

namespace ClearanceDaemon.Core.Tests.Audit;

/// <summary>Whoever made a record can ask later whether it is on file.</summary>
public sealed class AuditTicketTests : IDisposable
{
    private readonly AuditFixture _fixture = new();
    private readonly FaultyDisk _disk = new();

    public AuditTicketTests() => _fixture.Options = _fixture.Options with { Disk = _disk };

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_ticket_is_open_until_the_commit_and_then_true()
    {
        using var log = _fixture.Open();
        log.Begin("ask"u8).End();
        var ticket = log.Ticket;
        Assert.Null(log.Written(ticket));
        Assert.True(log.Commit());
        Assert.True(log.Written(ticket));
        Assert.Equal(ticket, log.Ticket);
        log.Begin("ask"u8).End();
        Assert.Null(log.Written(log.Ticket));
        Assert.True(log.Written(ticket));
    }

    [Fact]
    public void A_ticket_of_records_that_were_dropped_is_false_for_good()
    {
        using var log = _fixture.Open();
        var before = Made(log);
        Assert.True(log.Commit());
        _disk.WriteErrno = FaultyDisk.ENOSPC;
        var lost = Made(log);
        Assert.False(log.Commit());
        var lostToo = Made(log);
        Assert.False(log.Commit());
        _disk.WriteErrno = 0;
        _fixture.Clock.Pass(AuditLimits.RetryEvery);
        Assert.True(log.Probe());
        var after = Made(log);
        Assert.True(log.Commit());
        Assert.Equal([true, false, false, true], new[] { before, lost, lostToo, after }.Select(ticket => log.Written(ticket) == true));
        Assert.False(log.Written(lost));
    }

    [Fact]
    public void Without_a_record_there_is_nothing_on_file()
    {
        using var log = _fixture.Open();
        Assert.False(log.Written(log.Ticket));
        Assert.False(log.Written(default));
        Assert.True(log.Commit());
        Assert.False(log.Written(log.Ticket));
        log.Begin("ask"u8);
        Assert.False(log.Written(log.Ticket));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void The_last_batches_are_known_and_no_others(int over, bool known)
    {
        var outcomes = new AuditOutcomes();
        var batch = outcomes.Current;
        for (var i = 0; i < AuditLimits.KnownBatches + over; i++)
        {
            outcomes.Finish(written: true);
        }

        Assert.Equal(known, outcomes.Written(batch));
        Assert.True(outcomes.Written(outcomes.Current - 1));
        Assert.Null(outcomes.Written(outcomes.Current));
        outcomes.Finish(written: false);
        Assert.False(outcomes.Written(outcomes.Current - 1));
    }

    [Fact]
    public void A_record_that_is_too_long_is_answered_and_counts_nowhere()
    {
        using var log = _fixture.Open();
        Assert.True(log.Begin("ask"u8).TryEnd());
        var (position, ticket, bytes) = (log.Position, log.Ticket, log.PendingBytes);
        Assert.False(log.Begin("ask"u8).Text("t"u8, new byte[AuditLimits.RecordBytes]).TryEnd());
        Assert.Equal((position, ticket, bytes), (log.Position, log.Ticket, log.PendingBytes));
        Assert.True(log.Begin("ask"u8).TryEnd());
        Assert.True(log.Commit());
        Assert.Equal(2, _fixture.Lines().Length);
        Assert.Equal(AuditVerdictState.Intact, AuditVerify.Run(_fixture.LogDirectory, null).State);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_buffer_is_kept_up_to_its_limit_and_no_further(int over, bool kept)
    {
        using var log = _fixture.Open();
        var record = log.Begin("ask"u8);
        var json = new byte[AuditLimits.KeptBytes + over - log.PendingBytes - ",\"x\":".Length];
        record.Raw("x"u8, json);
        Assert.Equal(AuditLimits.KeptBytes + over, log.BufferBytes);
        Assert.True(log.Commit());
        Assert.Equal(kept, log.BufferBytes == AuditLimits.KeptBytes);
        Assert.True(AuditFixture.Add(log));
    }

    private static AuditTicket Made(AuditLog log)
    {
        log.Begin("ask"u8).End();
        return log.Ticket;
    }
}
