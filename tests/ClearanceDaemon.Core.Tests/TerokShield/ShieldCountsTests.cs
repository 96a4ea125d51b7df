using ClearanceDaemon.Core.TerokShield;
using ClearanceDaemon.Core.Tests.Server;
using ClearanceDaemon.Core.Time;

namespace ClearanceDaemon.Core.Tests.TerokShield;

/// <summary>What is counted, and how often it is warned of, with a clock moved by hand.</summary>
public sealed class ShieldCountsTests : IDisposable
{
    private readonly TurnTimers _timers = new();
    private readonly CollectedLog _log = new();
    private readonly ShieldCounts _counts;

    public ShieldCountsTests() => _counts = new(_timers, _log);

    public void Dispose() => _log.Dispose();

    [Fact]
    public void B68_an_unknown_kind_is_counted_each_time_and_warned_of_once()
    {
        for (var pid = 1; pid <= 3; pid++)
        {
            _counts.Unknown("shield_paused", pid);
        }

        _counts.Unknown("shield_resumed", null);
        Assert.Equal((3, 1), (_counts.ReadAll()["unknown:shield_paused"], _counts.ReadAll()["unknown:shield_resumed"]));
        Assert.Equal(2, _log.Lines.Count);
        Assert.Contains("'shield_paused' (pid 1); further ones are only counted, as unknown:shield_paused in: clearance handlers list", _log.Lines.First().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void B68_sixty_four_unknown_kinds_are_told_apart_and_the_others_share_a_counter()
    {
        for (var i = 0; i < ShieldLimits.UnknownKinds; i++)
        {
            _counts.Unknown($"kind{i}", 1);
        }

        Assert.Equal((65, 64), (_counts.ReadAll().Count, _log.Lines.Count));
        for (var i = 0; i < 1000; i++)
        {
            _counts.Unknown($"other{i}", 1);
        }

        _counts.Unknown("kind5", 1);
        var all = _counts.ReadAll();
        Assert.Equal((66, 65), (all.Count, _log.Lines.Count));
        Assert.Equal((1000, 2), (all["unknown:other"], all["unknown:kind5"]));
    }

    [Fact]
    public void An_unknown_kind_is_shown_clean_and_short()
    {
        _counts.Unknown("up\u001b[2J\u202e", 1);
        _counts.Unknown(new string('k', 60_000), 1);
        Assert.Contains("unknown:up\\u{1b}[2J\\u{202e}", _counts.ReadAll().Keys);
        Assert.Contains($"unknown:{new string('k', ShieldLimits.KindColumns)}...", _counts.ReadAll().Keys);
        Assert.All(_log.Lines, static line => Assert.InRange(line.Text.Length, 1, 400));
    }

    [Fact]
    public void Dropped_lines_are_warned_of_at_once_and_then_with_their_number_once_a_minute()
    {
        for (var i = 0; i < 1000; i++)
        {
            _counts.Drop("malformed", "not JSON");
        }

        Assert.Equal("dropped 1 lines of terok-shield: not JSON", Assert.Single(_log.Lines).Text);
        PassTo(59_999);
        Assert.Single(_log.Lines);
        PassTo(60_000);
        Assert.Equal("dropped 999 lines of terok-shield: not JSON", _log.Lines.Last().Text);
        PassTo(600_000);
        Assert.Equal(2, _log.Lines.Count);
        _counts.Drop("malformed", "not JSON");
        Assert.Equal((3, 1001), (_log.Lines.Count, _counts.ReadAll()["malformed"]));
    }

    [Fact]
    public void Each_reason_is_warned_of_by_itself()
    {
        _counts.Drop("malformed", "not JSON");
        _counts.Drop("blank", "blank");
        Assert.Equal(2, _log.Lines.Count);
        PassTo(60_000);
        Assert.Equal(2, _log.Lines.Count);
    }

    [Fact]
    public void What_is_read_does_not_change_afterwards()
    {
        _counts.Add(ShieldCounts.Lines, 5);
        var read = _counts.ReadAll();
        _counts.Add(ShieldCounts.Lines);
        Assert.Equal((5, 6), (read["lines"], _counts.ReadAll()["lines"]));
    }

    private void PassTo(long now)
    {
        _timers.Now = now;
        _timers.RunDue();
    }
}
