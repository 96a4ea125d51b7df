using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Core.Rules;

namespace ClearanceDaemon.Core.Tests.Grants;

/// <summary>Uses are counted on disk before they count anywhere.</summary>
public sealed class UsesTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void B64_of_two_asks_at_once_on_a_last_use_exactly_one_gets_it()
    {
        var grant = Uses(1);
        var answers = _world.Loop.Run(() => Task.WhenAll(_world.Grants.UseAsync(grant), _world.Grants.UseAsync(grant)));
        Assert.Single(answers, static answer => answer is null);
        Assert.Equal("the grant is not in force any more; ask again", answers[1]);
        Assert.Equal([(grant.Id, GrantEnds.Used)], _world.Ended);
        Assert.Empty(_world.OnDisk());
    }

    [Fact]
    public void B64_while_a_last_use_is_being_written_nobody_else_finds_the_grant()
    {
        var grant = Uses(1);
        var first = _world.Loop.Do(() => _world.Grants.UseAsync(grant));
        Assert.False(_world.IsAnswered(World.Deploy()));
        Assert.Empty(_world.Ended);
        Assert.Null(_world.Loop.Await(first));
        Assert.Single(_world.Ended);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void B64_n_uses_answer_n_asks_over_any_number_of_restarts(int uses)
    {
        Uses(uses);
        for (var i = 0; i < uses; i++)
        {
            _world.Restart();
            var grant = _world.Find(World.Deploy()).Fits!;
            Assert.Equal(uses - i, grant.UsesLeft);
            Assert.Null(_world.Loop.Run(() => _world.Grants.UseAsync(grant)));
        }

        Assert.False(_world.IsAnswered(World.Deploy()));
        _world.Restart();
        Assert.Equal(0, _world.Book.Count);
    }

    [Fact]
    public void B64_a_use_that_was_answered_is_gone_after_a_kill()
    {
        var grant = Uses(2);
        Assert.Null(_world.Loop.Run(() => _world.Grants.UseAsync(grant)));
        _world.Restart();
        Assert.Equal(1, _world.Find(World.Deploy()).Fits!.UsesLeft);
    }

    [Fact]
    public void B64_a_use_that_cannot_be_written_is_not_given_and_not_lost()
    {
        var grant = Uses(1);
        _world.Break();
        var answers = _world.Loop.Run(() => Task.WhenAll(_world.Grants.UseAsync(grant), _world.Grants.UseAsync(grant)));
        Assert.Contains("must be ours alone", answers[0], StringComparison.Ordinal);
        Assert.NotNull(answers[1]);
        Assert.Equal(1, grant.UsesLeft);
        Assert.Empty(_world.Ended);
        _world.Mend();
        Assert.Null(_world.Loop.Run(() => _world.Grants.UseAsync(grant)));
        Assert.Single(_world.Ended);
    }

    [Fact]
    public void B64_many_at_once_get_as_many_as_there_are()
    {
        var grant = Uses(5);
        var answers = _world.Loop.Run(() => Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _world.Grants.UseAsync(grant))));
        Assert.Equal(5, answers.Count(static answer => answer is null));
        Assert.Equal(0, _world.Book.Count);
    }

    [Fact]
    public void B64_uses_that_come_while_others_are_written_all_count_before_the_end()
    {
        var grant = Uses(3);
        var tasks = new List<Task<string?>>();
        for (var i = 0; i < 3; i++)
        {
            // The first is being written; the others wait for the next write.
            tasks.Add(_world.Loop.Do(() => _world.Grants.UseAsync(grant)));
        }

        Assert.Null(_world.Loop.Await(tasks[0]));
        Assert.Empty(_world.Ended);
        Assert.Null(_world.Loop.Await(tasks[2]));
        Assert.Null(_world.Loop.Await(tasks[1]));
        Assert.Equal([(grant.Id, GrantEnds.Used)], _world.Ended);
    }

    [Fact]
    public void A_use_of_what_is_revoked_meanwhile_is_not_given()
    {
        var grant = Uses(2);
        var use = _world.Loop.Do(() => _world.Grants.UseAsync(grant));
        Assert.Null(_world.Loop.Run(() => _world.Grants.RevokeAsync(grant.Id)));
        Assert.NotNull(_world.Loop.Await(use));
    }

    [Fact]
    public void A_use_that_outlasts_its_grant_is_not_given()
    {
        var grant = _world.Add(World.Deploy(), GrantScopes.Uses, uses: 2, rule: Rules.Some.Set("""{"id":"r","action":"*","decision":"ask","ceiling":"1m"}""").Rules[0]);
        var use = _world.Loop.Do(() => _world.Grants.UseAsync(grant));
        _world.Suspend(TimeSpan.FromMinutes(1));
        Assert.NotNull(_world.Loop.Await(use));
    }

    [Fact]
    public void Grants_with_any_number_of_uses_write_nothing()
    {
        var grant = _world.Add(World.Deploy(), GrantScopes.Always);
        File.Delete(_world.FilePath);
        Assert.True(_world.Loop.Do(() => _world.Grants.UseAsync(grant)).IsCompletedSuccessfully);
        Assert.False(File.Exists(_world.FilePath));
    }

    private Grant Uses(int uses) => _world.Add(World.Deploy(), GrantScopes.Uses, uses: uses);
}
