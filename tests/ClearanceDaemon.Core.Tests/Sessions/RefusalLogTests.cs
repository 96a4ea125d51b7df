using System.Text.Json;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Sessions;
using ClearanceDaemon.Core.Tests.Audit;
using ClearanceDaemon.Core.Tests.Server;
using ClearanceDaemon.Core.Time;
using Microsoft.Extensions.Logging;

namespace ClearanceDaemon.Core.Tests.Sessions;

/// <summary>Refused callers on record: at once, and folded, with a clock moved by hand.</summary>
public sealed class RefusalLogTests : IDisposable
{
    private const int Kinds = 256;
    private readonly AuditFixture _fixture = new();
    private readonly AuditLog _audit;
    private readonly TurnTimers _timers = new();
    private readonly CollectedLog _log = new();
    private readonly ILoggerFactory _logs;
    private readonly RefusalLog _refusals;

    public RefusalLogTests()
    {
        _audit = _fixture.Open();
        _audit.Tick();
        _logs = LoggerFactory.Create(builder => builder.AddProvider(_log));
        _refusals = new(_audit, _timers, _logs.CreateLogger<RefusalLog>());
    }

    public void Dispose()
    {
        _logs.Dispose();
        _audit.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public void The_first_is_on_record_at_once_with_all_that_is_known()
    {
        _refusals.OnRefused("ask", 4294967294, 77, "another user");
        var record = Assert.Single(Records());
        Assert.Equal(("refused", "ask", 4294967294u, 77, "another user", 1), (
            record.GetProperty("kind").GetString(), record.GetProperty("via").GetString(), record.GetProperty("uid").GetUInt32(),
            record.GetProperty("pid").GetInt32(), record.GetProperty("reason").GetString(), record.GetProperty("count").GetInt32()));
        Assert.Equal((10, LogLevel.Warning, "refused 1 connections on ask from uid 4294967294 (pid 77): another user"), Assert.Single(_log.Lines));
    }

    [Fact]
    public void Repeats_are_one_record_a_minute_later()
    {
        for (var i = 0; i < 5; i++)
        {
            _refusals.OnRefused("ask", 33, 70 + i, "another user");
        }

        Assert.Single(Records());
        PassTo(59_999);
        Assert.Single(Records());
        PassTo(60_000);
        var records = Records();
        Assert.Equal(2, records.Length);
        Assert.Equal(4, records[1].GetProperty("count").GetInt32());
        Assert.Equal(33, records[1].GetProperty("uid").GetInt32());
        Assert.False(records[1].TryGetProperty("pid", out _), "they may have been different ones");
        Assert.Equal(2, _log.Lines.Count);
    }

    [Fact]
    public void One_without_repeats_is_one_record_and_the_next_after_a_minute_is_a_first_again()
    {
        _refusals.OnRefused("ask", 33, 70, "another user");
        PassTo(60_000);
        Assert.Single(Records());
        _refusals.OnRefused("ask", 33, 71, "another user");
        var records = Records();
        Assert.Equal(2, records.Length);
        Assert.Equal((71, 1), (records[1].GetProperty("pid").GetInt32(), records[1].GetProperty("count").GetInt32()));
    }

    [Fact]
    public void Socket_user_and_reason_each_make_a_kind_of_their_own()
    {
        _refusals.OnRefused("ask", 33, 1, "another user");
        _refusals.OnRefused("operator", 33, 1, "another user");
        _refusals.OnRefused("ask", 34, 1, "another user");
        _refusals.OnRefused("ask", null, null, "NoCredentials");
        _refusals.OnRefused("ask", null, null, "Gone");
        var records = Records();
        Assert.Equal(5, records.Length);
        Assert.False(records[3].TryGetProperty("uid", out _), "an unknown uid is no uid");
        Assert.Contains("from uid unknown (pid unknown): NoCredentials", _log.Lines.ElementAt(3).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_kinds_as_the_limit_are_told_apart_and_further_ones_share_a_record()
    {
        for (uint uid = 0; uid < Kinds; uid++)
        {
            _refusals.OnRefused("ask", uid, 1, "another user");
        }

        Assert.Equal(Kinds, Records().Length);
        _refusals.OnRefused("ask", Kinds, 1, "another user");
        _refusals.OnRefused("ask", Kinds + 1, 1, "another user");
        var records = Records();
        Assert.Equal(Kinds + 1, records.Length);
        Assert.Equal("many others", records[^1].GetProperty("reason").GetString());
        Assert.False(records[^1].TryGetProperty("uid", out _));
        PassTo(60_000);
        records = Records();
        Assert.Equal(Kinds + 2, records.Length);
        Assert.Equal(("many others", 1), (records[^1].GetProperty("reason").GetString(), records[^1].GetProperty("count").GetInt32()));
    }

    [Fact]
    public void A_known_kind_stays_itself_when_the_table_is_full()
    {
        for (uint uid = 0; uid < Kinds; uid++)
        {
            _refusals.OnRefused("ask", uid, 1, "another user");
        }

        _refusals.OnRefused("ask", 5, 1, "another user");
        Assert.Equal(Kinds, Records().Length);
        PassTo(60_000);
        var repeat = Records()[^1];
        Assert.Equal((5, 1), (repeat.GetProperty("uid").GetInt32(), repeat.GetProperty("count").GetInt32()));
    }

    private void PassTo(long now)
    {
        _timers.Now = now;
        _timers.RunDue();
    }

    private JsonElement[] Records()
    {
        Assert.True(_audit.Commit());
        return [.. _fixture.Lines().Select(TestDaemon.Parse).Where(static record => record.GetProperty("kind").GetString() == "refused")];
    }
}
