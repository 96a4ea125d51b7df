using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Core.Rules;

namespace ClearanceDaemon.Core.Tests.Grants;

/// <summary>A grant's life: on disk before it counts, off the disk after it ended.</summary>
public sealed class GrantsTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_grant_is_in_force_only_once_it_is_on_disk()
    {
        var grant = _world.Make(World.Deploy(), GrantScopes.Always);
        var added = _world.Loop.Do(() => _world.Grants.AddAsync(grant));
        Assert.False(_world.IsAnswered(World.Deploy()));
        Assert.Null(_world.Loop.Await(added));
        Assert.True(_world.IsAnswered(World.Deploy()));
        Assert.Equal([grant.Id.ToString()], _world.OnDisk());
    }

    [Fact]
    public void A_grant_that_cannot_be_written_is_none()
    {
        var kept = _world.Add(World.Deploy("kept"), GrantScopes.Always);
        var grant = _world.Make(World.Deploy(), GrantScopes.Always);
        _world.Break();
        Assert.Contains("make it ours with mode 0700", _world.Loop.Run(() => _world.Grants.AddAsync(grant)), StringComparison.Ordinal);
        Assert.False(_world.IsAnswered(World.Deploy()));
        Assert.NotNull(_world.Grants.Error);
        _world.Mend();
        Assert.Equal([kept.Id.ToString()], _world.OnDisk());
        Assert.Null(_world.Loop.Run(() => _world.Grants.AddAsync(grant)));
        Assert.Null(_world.Grants.Error);
        Assert.Equal([kept.Id.ToString(), grant.Id.ToString()], _world.OnDisk());
    }

    [Fact]
    public void What_failed_does_not_get_on_disk_with_what_comes_later()
    {
        _world.Break();
        var grant = _world.Make(World.Deploy(), GrantScopes.Always);
        var failing = _world.Loop.Do(() => _world.Grants.AddAsync(grant));
        var later = _world.Make(World.Deploy("web2"), GrantScopes.Always);
        var waiting = _world.Loop.Do(() => _world.Grants.AddAsync(later));
        Assert.NotNull(_world.Loop.Await(failing));
        _world.Loop.Await(waiting);
        _world.Mend();
        _world.Settle();
        Assert.DoesNotContain(grant.Id.ToString(), _world.OnDisk());
        Assert.Equal(_world.Book.All.Select(static known => known.Id.ToString()), _world.OnDisk());
    }

    [Fact]
    public void One_verdict_makes_one_grant()
    {
        var grant = _world.Make(World.Deploy(), GrantScopes.Always);
        var added = _world.Loop.Do(() => _world.Grants.AddAsync(grant));
        Refused(grant);
        Assert.Null(_world.Loop.Await(added));
        Refused(grant);
    }

    [Fact]
    public void Many_that_wait_are_written_at_once_and_all_are_there()
    {
        var grants = Enumerable.Range(0, 200).Select(i => _world.Make(World.Deploy($"web{i}"), GrantScopes.Always)).ToArray();
        Assert.All(_world.Loop.Run(() => Task.WhenAll(grants.Select(_world.Grants.AddAsync))), Assert.Null);
        Assert.Equal(grants.Select(static grant => grant.Id.ToString()), _world.OnDisk());
        Assert.Equal(200, _world.Book.Count);
    }

    [Fact]
    public void One_more_than_the_limit_is_refused_with_what_to_do()
    {
        _world.Limits = new() { Grants = 3 };
        _world.Restart();
        for (var i = 0; i < 3; i++)
        {
            _world.Add(World.Deploy($"web{i}"), GrantScopes.Always);
        }

        Assert.Equal("there are 3 grants, as many as there may be; revoke those that are not needed: clearance grants list", Add("web9"));
        _world.Loop.Run(() => _world.Grants.RevokeAsync(_world.Book.All[0].Id));
        Assert.Null(Add("web9"));
    }

    [Fact]
    public void Those_that_are_still_being_written_count_for_the_limit()
    {
        _world.Limits = new() { Grants = 3 };
        _world.Restart();
        var grants = Enumerable.Range(0, 5).Select(i => _world.Make(World.Deploy($"web{i}"), GrantScopes.Always)).ToArray();
        var answers = _world.Loop.Run(() => Task.WhenAll(grants.Select(_world.Grants.AddAsync)));
        Assert.Equal(3, answers.Count(static answer => answer is null));
        Assert.Equal(3, _world.Book.Count);
    }

    [Fact]
    public void A_file_at_its_limit_is_written_and_one_byte_over_is_refused()
    {
        _world.Add(World.Deploy(), GrantScopes.Always);
        var size = (int)new FileInfo(_world.FilePath).Length;
        _world.Limits = new() { FileBytes = size };
        _world.Restart();
        Assert.Null(_world.Loop.Run(() => _world.Grants.RevokeAsync(_world.Book.All[0].Id)));
        Assert.Null(Add("web2"));
        _world.Loop.Run(() => _world.Grants.RevokeAllAsync());
        Assert.Contains($"more than {size}; revoke grants that are not needed", Add("web10"), StringComparison.Ordinal);
        Assert.Equal(0, _world.Book.Count);
    }

    [Fact]
    public void A_revoked_grant_answers_nothing_in_memory_and_on_disk()
    {
        var grant = _world.Add(World.Deploy(), GrantScopes.Always);
        var revoked = _world.Loop.Do(() => _world.Grants.RevokeAsync(grant.Id));
        Assert.False(_world.IsAnswered(World.Deploy()));
        Assert.Null(_world.Loop.Await(revoked));
        Assert.Empty(_world.OnDisk());
        Assert.Equal([(grant.Id, GrantEnds.Revoked)], _world.Ended);
        Assert.Equal($"no grant {grant.Id} is in force; see: clearance grants list", _world.Loop.Run(() => _world.Grants.RevokeAsync(grant.Id)));
    }

    [Fact]
    public void A_revocation_holds_though_the_disk_is_full_and_is_written_when_it_is_not()
    {
        var grant = _world.Add(World.Deploy(), GrantScopes.Always);
        _world.Break();
        var answer = _world.Loop.Run(() => _world.Grants.RevokeAsync(grant.Id));
        Assert.StartsWith("it answers nothing any more, but would again after a restart: ", answer, StringComparison.Ordinal);
        Assert.False(_world.IsAnswered(World.Deploy()));
        Assert.True(_world.Grants.IsBehind);
        _world.Pass(_world.Limits.RetryEvery);
        Pump();
        Assert.True(_world.Grants.IsBehind);
        _world.Mend();
        Assert.Single(_world.OnDisk());
        _world.Pass(_world.Limits.RetryEvery);
        Pump();
        Assert.False(_world.Grants.IsBehind);
        Assert.Empty(_world.OnDisk());
        Assert.Null(_world.Timers.NextDue);
    }

    [Fact]
    public void All_are_revoked_those_that_are_being_written_too()
    {
        _world.Add(World.Deploy(), GrantScopes.Always);
        _world.Add(World.Deploy("web2"), GrantScopes.Uses, uses: 2);
        var late = _world.Make(World.Deploy("web3"), GrantScopes.Always);
        var adding = _world.Loop.Do(() => _world.Grants.AddAsync(late));
        Assert.Null(_world.Loop.Run(() => _world.Grants.RevokeAllAsync(GrantEnds.Lockdown)));
        Assert.Equal("all grants were revoked meanwhile", _world.Loop.Await(adding));
        Assert.Equal(0, _world.Book.Count);
        Assert.Empty(_world.OnDisk());
        Assert.Equal([GrantEnds.Lockdown, GrantEnds.Lockdown], _world.Ended.Select(static end => end.Why));
    }

    [Fact]
    public void Revoking_all_of_none_writes_nothing()
    {
        Assert.Null(_world.Loop.Run(() => _world.Grants.RevokeAllAsync()));
        Assert.False(File.Exists(_world.FilePath));
    }

    [Fact]
    public void A_grant_without_its_audit_record_is_dropped_at_load()
    {
        var recorded = _world.Add(World.Deploy(), GrantScopes.Always);
        var torn = _world.Add(World.Deploy("web2"), GrantScopes.Always);
        _world.AuditSeq = recorded.DecidedSeq;
        _world.Restart();
        Assert.True(_world.IsAnswered(World.Deploy()));
        Assert.False(_world.IsAnswered(World.Deploy("web2")));
        Assert.Equal([(torn.Id, GrantEnds.Unrecorded)], _world.Ended);
        _world.Wait();
        Assert.Equal([recorded.Id.ToString()], _world.OnDisk());
    }

    [Fact]
    public void A_load_writes_nothing_before_the_first_turn()
    {
        _world.Add(World.Deploy(), GrantScopes.For, TimeSpan.FromHours(1));
        File.SetLastWriteTimeUtc(_world.FilePath, World.Noon.UtcDateTime);
        _world.Load();
        Assert.True(_world.Grants.IsBehind);
        Assert.Equal(0, _world.Timers.NextDue);
        Assert.Equal(World.Noon.UtcDateTime, File.GetLastWriteTimeUtc(_world.FilePath));
        _world.RunTimers(TimeSpan.Zero);
        _world.Wait();
        Assert.NotEqual(World.Noon.UtcDateTime, File.GetLastWriteTimeUtc(_world.FilePath));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void A_grant_until_an_exit_is_taken_up_again_while_its_process_lives(bool lives, bool stands)
    {
        var grant = _world.Add(World.Deploy(), GrantScopes.UntilExit);
        if (!lives)
        {
            // Its id lives on, as another process.
            _world.Alive.Clear();
            _world.Alive.Add((77, 4712));
        }

        _world.Restart();
        Assert.Equal(stands, _world.IsAnswered(World.Deploy()));
        Assert.Equal(stands ? [] : [(grant.Id, GrantEnds.Exited)], _world.Ended);
        Assert.Equal(stands ? new ProcessRef(77, 4711) : null, _world.Book.All.SingleOrDefault()?.Process);
    }

    [Fact]
    public void Everything_of_a_grant_survives_a_restart()
    {
        var rule = Rules.Some.Set("""{"id":"prod","action":"deploy.*","decision":"ask","ceiling":"2h"}""").Rules[0];
        Grant[] before =
        [
            _world.Add(World.Deploy("a"), GrantScopes.Always, verdict: GrantVerdict.Deny),
            _world.Add(World.Deploy("b"), GrantScopes.For, TimeSpan.FromMinutes(90), rule: rule),
            _world.Add(World.Deploy("c"), GrantScopes.Uses, uses: 9, rule: rule, bind: ["action", "details.host"]),
            _world.Add(World.Deploy("d"), GrantScopes.UntilExit, rule: rule),
            _world.Add(World.Deploy("e"), GrantScopes.UntilExit),
        ];
        _world.Loop.Run(() => _world.Grants.UseAsync(before[2]));
        _world.Restart();
        Assert.Equal(before.Select(Told), _world.Book.All.Select(Told));
        Assert.Equal(8, _world.Book.All[2].UsesLeft);
        Assert.Equal(["details.host"], _world.Book.All[2].Match.Differences(World.Deploy("x")));
    }

    [Fact]
    public void A_stop_waits_for_what_is_being_written()
    {
        var grant = _world.Make(World.Deploy(), GrantScopes.Always);
        var added = _world.Loop.Do(() => _world.Grants.AddAsync(grant));
        Assert.Null(_world.Settle());
        Assert.True(added.IsCompletedSuccessfully);
        Assert.Single(_world.OnDisk());
    }

    private static string Told(Grant grant)
    {
        var json = new Protocol.LineBuffer();
        GrantJson.Write(grant, json);
        return System.Text.Encoding.UTF8.GetString(json.Written);
    }

    private void Refused(Grant grant)
    {
        Action add = () => _world.Loop.Do(() => _world.Grants.AddAsync(grant));
        Assert.Throws<ArgumentException>(add);
    }

    private string? Add(string host)
    {
        var grant = _world.Make(World.Deploy(host), GrantScopes.Always);
        return _world.Loop.Run(() => _world.Grants.AddAsync(grant));
    }

    private void Pump() => _world.Loop.Run(() => _world.Grants.RevokeAllAsync());
}
