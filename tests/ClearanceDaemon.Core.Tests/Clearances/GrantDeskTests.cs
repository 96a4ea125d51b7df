using System.Text;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Events;
using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Tests.Audit;
using ClearanceDaemon.Core.Tests.Rules;
using ClearanceDaemon.Core.Time;

namespace ClearanceDaemon.Core.Tests.Clearances;

/// <summary>What becomes of a grant is on record and told, in the order in which it happened.</summary>
public sealed class GrantDeskTests : IDisposable
{
    private readonly AuditFixture _fixture = new();
    private readonly AuditLog _audit;
    private readonly EventHub _hub = new("epoch", TimeProvider.System, new EventLimits());
    private readonly ExitWatches _exits = new();
    private readonly Core.Grants.Grants _grants;
    private readonly GrantDesk _desk;

    public GrantDeskTests()
    {
        _audit = _fixture.Open();
        var (limits, clock) = (new GrantLimits { Grants = 2 }, new GrantClock(BootClock.System, TimeProvider.System));
        var book = new GrantBook(clock);
        _grants = new(new GrantStore(_fixture.Root, limits, TimeProvider.System), book, clock, new TurnTimers(), limits);
        _desk = new(_grants, book, _audit, _hub, _exits);
    }

    public void Dispose()
    {
        _exits.Dispose();
        _audit.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public async Task A_grant_whose_process_is_gone_is_told_to_be_made_and_then_to_have_ended()
    {
        Assert.Null(await _desk.AddAsync(Make(GrantScopes.UntilExit)));
        Assert.Equal(["grant_made", "grant_ended"], Told());
        Assert.Equal(0, _desk.Count);
        Assert.False(_desk.HasUntilExit);
    }

    [Fact]
    public async Task One_grant_more_than_there_may_be_is_not_kept_and_that_is_on_record()
    {
        Assert.Null(await _desk.AddAsync(Make(GrantScopes.Always)));
        Assert.Null(await _desk.AddAsync(Make(GrantScopes.Always)));
        Assert.Contains("2 grants", await _desk.AddAsync(Make(GrantScopes.Always)), StringComparison.Ordinal);
        Assert.Equal(["grant_made", "grant_made"], Told());
        Assert.Equal(2, _desk.Count);
        Assert.True(_audit.Commit());
        Assert.Contains("\"ended\":\"not kept\"", File.ReadAllText(Directory.GetFiles(_fixture.LogDirectory).Single(static f => f.EndsWith(".jsonl", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_use_is_taken_once_and_a_grant_that_was_revoked_answers_nothing()
    {
        var uses = Make(GrantScopes.Uses);
        Assert.Null(await _desk.AddAsync(uses));
        Assert.True(_desk.Stands(uses));
        var first = _desk.TakeAsync(uses);
        Assert.NotNull(await _desk.TakeAsync(uses));
        Assert.Null(await first);
        Assert.False(_desk.Stands(uses));

        var always = Make(GrantScopes.Always);
        Assert.Null(await _desk.AddAsync(always));
        Assert.Null(await _desk.RevokeAllAsync(GrantEnds.Revoked));
        Assert.NotNull(await _desk.TakeAsync(always));
    }

    private Grant Make(GrantScopes kind)
    {
        var ask = Some.Ask("x.y", via: "ask");
        var match = GrantMatch.TryBind(ask, null, out _)!;

        // No process has this pid: the kernel's largest is 2^22.
        ProcessRef? process = kind == GrantScopes.UntilExit ? new ProcessRef(1 << 23, 7) : null;
        return _grants.Make(new RequestIds().Next(), ask, match, GrantVerdict.Allow, new(kind, null, kind == GrantScopes.Uses ? 1 : null), null, process, 1);
    }

    private List<string> Told()
    {
        var types = new List<string>();
        for (var seq = _hub.First; seq <= _hub.Last; seq++)
        {
            var line = Encoding.UTF8.GetString(_hub[seq]);
            var start = line.IndexOf("\"type\":\"", StringComparison.Ordinal) + 8;
            types.Add(line[start..line.IndexOf('"', start)]);
        }

        return types;
    }
}
