using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Tests.Rules;

namespace ClearanceDaemon.Core.Tests.Grants;

/// <summary>Clocks that sleep, jump and begin again: no grant lasts longer for it.</summary>
public sealed class ClockTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private readonly World _world = new();
    private readonly Grant _grant;

    public ClockTests() => _grant = _world.Add(World.Deploy(), GrantScopes.For, Hour);

    private bool Stands => _world.IsAnswered(World.Deploy());

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_grant_stands_for_its_time_and_not_a_millisecond_more()
    {
        _world.Suspend(Hour - Millisecond);
        Assert.True(Stands);
        _world.Suspend(Millisecond);
        Assert.False(Stands);
        Assert.Empty(_world.Ended);
        _world.RunTimers(Minute);
        Assert.Equal([(_grant.Id, GrantEnds.Expired)], _world.Ended);
        Assert.Equal(0, _world.Book.Count);
        _world.Settle();
        Assert.Empty(_world.OnDisk());
    }

    [Fact]
    public void The_end_is_told_when_it_comes()
    {
        _world.Pass(Hour - Millisecond);
        Assert.Empty(_world.Ended);
        _world.Pass(Millisecond);
        Assert.Single(_world.Ended);
        Assert.Null(_world.Timers.NextDue);
    }

    [Fact]
    public void B62_sleep_counts()
    {
        _world.Suspend(Hour);
        Assert.False(Stands);
        Assert.NotNull(_world.Loop.Run(() => _world.Grants.UseAsync(_grant)));
    }

    [Fact]
    public void B62_a_clock_set_back_lengthens_nothing()
    {
        _world.Wall.Set(World.Noon.AddHours(-10));
        _world.Suspend(Hour - Millisecond);
        Assert.True(Stands);
        _world.Suspend(Millisecond);
        Assert.False(Stands);
    }

    [Fact]
    public void B62_a_clock_set_forward_may_shorten()
    {
        _world.Wall.Set(World.Noon + Hour);
        Assert.False(Stands);
        _world.RunTimers(Minute);
        Assert.Single(_world.Ended);

        // Set right again, it does not come back.
        _world.Wall.Set(World.Noon);
        Assert.False(Stands);
    }

    [Fact]
    public void B62_a_restart_of_the_daemon_changes_nothing()
    {
        _world.Suspend(Hour / 2);
        _world.Restart();
        Assert.True(Stands);
        _world.Wall.Set(World.Noon.AddHours(-10));
        _world.Restart();
        _world.Suspend((Hour / 2) - Millisecond);
        Assert.True(Stands);
        _world.Suspend(Millisecond);
        Assert.False(Stands);
        _world.Restart();
        Assert.Equal(0, _world.Book.Count);
        Assert.Equal([(_grant.Id, GrantEnds.Expired)], _world.Ended);
    }

    [Fact]
    public void B62_after_a_reboot_the_time_the_machine_was_off_counts()
    {
        Reboot(off: Hour / 2);
        Assert.True(Stands);
        _world.Suspend((Hour / 2) - Millisecond);
        Assert.True(Stands);
        _world.Suspend(Millisecond);
        Assert.False(Stands);
    }

    [Fact]
    public void B62_a_reboot_after_the_end_finds_nothing()
    {
        Reboot(off: Hour);
        Assert.False(Stands);
        Assert.Equal(0, _world.Book.Count);
    }

    [Fact]
    public void B62_a_reboot_with_the_clock_set_back_ends_what_runs_out()
    {
        var always = _world.Add(World.Deploy("web2"), GrantScopes.Always);
        _world.Boot.Reboot();
        _world.Wall.Set(World.Noon - Millisecond);
        _world.Restart();
        Assert.False(Stands);
        Assert.Equal([(_grant.Id, GrantEnds.Expired)], _world.Ended);
        Assert.Equal(always.Id, _world.Find(World.Deploy("web2")).Fits!.Id);
    }

    [Fact]
    public void B62_the_clock_set_back_after_a_reboot_lengthens_nothing()
    {
        Reboot(off: TimeSpan.Zero);
        _world.Wall.Set(World.Noon.AddHours(-5));
        _world.Suspend(Hour - Millisecond);
        Assert.True(Stands);
        _world.Suspend(Millisecond);
        Assert.False(Stands);
    }

    [Fact]
    public void B62_the_latest_time_is_kept_while_the_daemon_runs()
    {
        // A crash after 42 minutes: what was kept last is at most five minutes old.
        for (var i = 0; i < 42; i++)
        {
            _world.Pass(Minute);
            _world.Wait();
        }

        _world.Boot.Reboot();
        _world.Wall.Set(World.Noon + TimeSpan.FromMinutes(36));
        _world.Restart();
        Assert.False(Stands);
    }

    [Fact]
    public void B62_a_clock_set_back_hours_before_a_reboot_gives_nothing_back()
    {
        _world.Add(World.Deploy("day"), GrantScopes.For, 24 * Hour);
        _world.Wall.Set(World.Noon - (10 * Hour));
        for (var i = 0; i < 11 * 60; i++)
        {
            _world.Pass(Minute);
            _world.Wait();
        }

        // Eleven hours are gone; the wall clock shows one. It has passed the latest time, so a reboot believes it.
        Reboot(off: TimeSpan.Zero);
        var day = _world.Find(World.Deploy("day")).Fits;
        Assert.NotNull(day);
        _world.Suspend((13 * Hour) + (5 * Minute));
        Assert.False(_world.IsAnswered(World.Deploy("day")));
    }

    [Fact]
    public void B62_a_time_that_the_audit_log_knows_counts_as_seen()
    {
        _world.Boot.Reboot();
        _world.Wall.Set(World.Noon + (10 * Minute));
        _world.Restart(floor: World.Noon + (20 * Minute));
        Assert.False(Stands);
    }

    [Fact]
    public void A_clock_that_was_once_far_ahead_is_forgiven_when_nothing_runs_out()
    {
        _world.Wall.Set(World.Noon.AddYears(70));
        _world.RunTimers(Minute);
        Assert.Single(_world.Ended);
        _world.Wall.Set(World.Noon);
        _world.Settle();
        _world.Add(World.Deploy(), GrantScopes.For, Hour);
        Reboot(off: Minute);
        Assert.True(Stands);
    }

    [Fact]
    public void B62_a_file_that_promises_more_than_the_scope_is_cut_to_it()
    {
        var text = File.ReadAllText(_world.FilePath);
        var expires = $"\"expiresBoottime\":{(long)(_world.Boot.Now + Hour).TotalMilliseconds}";
        Assert.Contains(expires, text, StringComparison.Ordinal);
        File.WriteAllText(_world.FilePath, text.Replace(expires, "\"expiresBoottime\":999999999999").Replace("2026-11-20T13:00", "2029-11-20T13:00"));
        _world.Restart();
        Assert.True(Stands);
        _world.Suspend(Hour);
        Assert.False(Stands);
    }

    [Fact]
    public void A_grant_until_an_exit_ends_with_its_boot_whoever_has_the_process_id()
    {
        var grant = _world.Add(World.Deploy("web2"), GrantScopes.UntilExit);
        _world.Restart();
        Assert.True(_world.IsAnswered(World.Deploy("web2")));
        Reboot(off: TimeSpan.Zero);
        Assert.False(_world.IsAnswered(World.Deploy("web2")));
        Assert.Contains((grant.Id, GrantEnds.Exited), _world.Ended);
    }

    [Fact]
    public void What_does_not_run_out_sets_no_timer()
    {
        using var world = new World();
        world.Add(World.Deploy(), GrantScopes.Always);
        world.Add(World.Deploy("web2"), GrantScopes.UntilExit);
        world.Add(World.Deploy("web3"), GrantScopes.Uses, uses: 2);
        Assert.Null(world.Timers.NextDue);
        Assert.Null(world.Book.NextDue);
        world.Add(World.Deploy("web4"), GrantScopes.For, TimeSpan.FromSeconds(5));
        Assert.Equal(5000, world.Timers.NextDue);
    }

    [Fact]
    public void Always_outlives_every_clock()
    {
        _world.Add(Some.Ask("a", via: World.Via), GrantScopes.Always);
        _world.Wall.Set(World.Noon.AddYears(-20));
        Reboot(off: TimeSpan.Zero);
        _world.Suspend(TimeSpan.FromDays(4000));
        Assert.True(_world.IsAnswered(Some.Ask("a", via: World.Via)));
    }

    private void Reboot(TimeSpan off)
    {
        _world.Boot.Reboot();
        _world.Wall.Pass(off);
        _world.Restart();
    }
}
