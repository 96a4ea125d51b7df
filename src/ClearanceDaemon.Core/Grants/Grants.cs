using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Grants;

/// <summary>
/// Makes, spends and ends grants. What makes an answer more permissive is on disk before it counts: a new grant is in force
/// only then, a use is taken only then, and a write that failed takes both back. What makes it stricter counts at once and
/// stays so: a revoked grant answers nothing any more even if the disk cannot be told yet, which is tried again until it
/// can. For the reactor's thread.
/// </summary>
internal sealed class Grants
{
    /// <summary>What time servers move a clock by is no setting back.</summary>
    private static readonly TimeSpan ClockNoise = TimeSpan.FromSeconds(1);

    private const string NotInForce = "the grant is not in force any more; ask again";
    private readonly GrantStore _store;
    private readonly GrantBook _book;
    private readonly GrantClock _clock;
    private readonly TurnTimers _timers;
    private readonly GrantLimits _limits;
    private readonly GrantWriter _writer;
    private readonly List<Grant> _adding = [];
    private DateTimeOffset _latestWall = DateTimeOffset.MinValue;
    private DateTimeOffset _floor = DateTimeOffset.MinValue;
    private bool _isStale;
    private long _savedAt;
    private TimeSpan _savedOffset;
    private TurnTimer? _timer;

    public Grants(GrantStore store, GrantBook book, GrantClock clock, TurnTimers timers, GrantLimits limits)
    {
        (_store, _book, _clock, _timers, _limits) = (store, book, clock, timers, limits);
        _writer = new(WriteAsync, Schedule);
    }

    /// <summary>Told of every grant that answers nothing any more, and why: one of <see cref="GrantEnds"/>.</summary>
    public Action<Grant, string>? Ended { get; set; }

    /// <summary>Why the file could not be written last time; null when it could.</summary>
    public string? Error => _writer.Error;

    /// <summary>True while the file may hold something else than what is in force.</summary>
    public bool IsBehind => _isStale || _writer.IsBehind;

    /// <summary>Puts in force what the file holds and time, processes and the audit log leave of it. Once, before anything else; also before the reactor runs.</summary>
    /// <exception cref="GrantStoreException">The file is no good; there are no grants, and new ones can be made unless the message says so.</exception>
    public void Load(GrantLoadTerms terms)
    {
        _floor = terms.WallFloor ?? _floor;
        var saved = _store.Load();
        _latestWall = Later(saved.LatestWall, _floor);
        foreach (var grant in saved.Grants)
        {
            if (Stands(grant, terms, out var end) is { } stands)
            {
                _book.Add(stands);
            }
            else
            {
                Ended?.Invoke(grant, end);
            }
        }

        // What runs out counts on this boot and with the wall clock as it is from now on: the file is to say so too.
        // Written by the first turn, since nothing runs on the reactor's thread yet.
        _isStale = _book.Count < saved.Grants.Count || _book.NextDue is not null;
        Schedule();
    }

    /// <summary>A grant as it is decided now. Call <see cref="GrantScope.Fault"/> first; scope <c>once</c> makes none.</summary>
    public Grant Make(RequestId id, AskMembers ask, GrantMatch match, GrantVerdict verdict, in GrantScope scope, Rule? rule, ProcessRef? process, long decidedSeq, string? container = null)
    {
        if (scope.Kind == GrantScopes.Once || scope.Fault(rule) is not null || (scope.Kind == GrantScopes.UntilExit) != (process.HasValue || container is not null))
        {
            throw new ArgumentException($"scope {scope.Name} makes no grant of this", nameof(scope));
        }

        // Whatever else ends it, the ceiling does too.
        var lasts = scope.Duration ?? rule?.Ceiling;
        var (wall, boot) = lasts is { } time ? _clock.EndAfter(time) : default;
        return new()
        {
            Id = id,
            Verdict = verdict,
            Uid = ask.Uid,
            Via = ask.Via.ToArray(),
            Match = match,
            Scope = scope,
            Made = _clock.Wall,
            ExpiresWall = lasts is null ? null : wall,
            Boot = lasts is not null ? boot : process is null ? null : _clock.ThisBoot,
            UsesLeft = scope.Uses,
            RuleId = rule?.Id,
            DecidedSeq = decidedSeq,
            Process = process,
            Container = container,
        };
    }

    /// <summary>Puts a grant on disk and in force: null once both are so, or why neither is.</summary>
    public Task<string?> AddAsync(Grant grant)
    {
        if (_book.Find(grant.Id) is not null || _adding.Exists(other => other.Id == grant.Id))
        {
            throw new ArgumentException($"{grant.Id} is granted already", nameof(grant));
        }

        if (_book.Count + _adding.Count >= _limits.Grants)
        {
            return Task.FromResult<string?>($"there are {_limits.Grants} grants, as many as there may be; revoke those that are not needed: clearance grants list");
        }

        _adding.Add(grant);
        return _writer.SaveAsync(error =>
        {
            var isWanted = _adding.Remove(grant);
            if (error is null && isWanted)
            {
                _book.Add(grant);
            }

            return error ?? (isWanted ? null : "all grants were revoked meanwhile");
        });
    }

    /// <summary>
    /// Takes one use of a grant: null once that is on disk, or why the grant answers nothing. Also to be called for grants with
    /// any number of uses, which have nothing to write.
    /// </summary>
    public Task<string?> UseAsync(Grant grant)
    {
        if (!IsInForce(grant))
        {
            return Task.FromResult<string?>(NotInForce);
        }

        if (grant.UsesLeft is not { } left)
        {
            return Task.FromResult<string?>(null);
        }

        grant.UsesLeft = left - 1;
        grant.UsesInFlight++;
        return _writer.SaveAsync(error => Used(grant, error));
    }

    /// <summary>
    /// Takes a grant out of force at once: null when it is off the disk too, or why it isn't yet; then that is tried again.
    /// </summary>
    /// <param name="id">Which.</param>
    /// <param name="why">What <see cref="Ended"/> is told.</param>
    public Task<string?> RevokeAsync(RequestId id, string why = GrantEnds.Revoked)
    {
        if (_book.Find(id) is not { } grant)
        {
            return Task.FromResult<string?>($"no grant {id} is in force; see: clearance grants list");
        }

        End(grant, why);
        return SaveRevokedAsync();
    }

    /// <inheritdoc cref="RevokeAsync"/>
    /// <param name="why">What <see cref="Ended"/> is told.</param>
    public Task<string?> RevokeAllAsync(string why = GrantEnds.Revoked)
    {
        if (_book.Count + _adding.Count == 0 && !IsBehind)
        {
            return Task.FromResult<string?>(null);
        }

        _adding.Clear();
        foreach (var grant in _book.All.ToArray())
        {
            End(grant, why);
        }

        return SaveRevokedAsync();
    }

    /// <summary>The process, or the container, of a grant until its exit is gone.</summary>
    public void OnExited(Grant grant)
    {
        if (_book.Has(grant))
        {
            End(grant, GrantEnds.Exited);
            _ = _writer.SaveAsync();
        }
    }

    /// <summary>Keeps the latest wall time for the next start, and waits for what is being written.</summary>
    public Task<string?> StopAsync()
    {
        _timer?.Cancel();
        return _book.NextDue is null && !IsBehind ? Task.FromResult<string?>(null) : _writer.SaveAsync();
    }

    private static DateTimeOffset Later(DateTimeOffset x, DateTimeOffset y) => x > y ? x : y;

    private Grant? Stands(Grant grant, GrantLoadTerms terms, out string end)
    {
        end = GrantEnds.Unrecorded;
        if (grant.DecidedSeq > terms.AuditSeq)
        {
            return null;
        }

        end = GrantEnds.Exited;
        if (grant.Process is { } process && !(_clock.IsOfThisBoot(grant) && process.Inode != 0 && terms.IsAlive(process.Pid, process.Inode)))
        {
            return null;
        }

        end = GrantEnds.Expired;
        return _clock.Resume(grant, _latestWall);
    }

    /// <summary>True while the grant would answer an ask.</summary>
    public bool IsInForce(Grant grant) => _book.Has(grant) && grant.UsesLeft is not 0 && !_clock.HasEnded(grant);

    private string? Used(Grant grant, string? error)
    {
        grant.UsesInFlight--;
        if (error is not null)
        {
            grant.UsesLeft++;
            return error;
        }

        if (!_book.Has(grant) || _clock.HasEnded(grant))
        {
            return NotInForce;
        }

        if (grant.UsesLeft == 0 && grant.UsesInFlight == 0)
        {
            End(grant, GrantEnds.Used);
        }

        return null;
    }

    private void End(Grant grant, string why)
    {
        _book.Remove(grant);
        Ended?.Invoke(grant, why);
    }

    private Task<string?> SaveRevokedAsync() => _writer.SaveAsync(static error =>
        error is null ? null : $"it answers nothing any more, but would again after a restart: {error}; this is tried again by itself");

    private Task<string?> WriteAsync()
    {
        var now = _clock.Wall;
        var grants = new List<Grant>(_book.Count + _adding.Count);
        foreach (var grant in _book.All.Concat(_adding))
        {
            if (grant.UsesLeft is not 0 && grant.Container is null)
            {
                grants.Add(_clock.ForDisk(grant));
            }
        }

        // Without a grant that runs out there is nothing to guard, and a clock that once was far ahead is forgiven.
        _latestWall = grants.Exists(static grant => grant.ExpiresWall is not null) ? Later(_latestWall, now) : Later(_floor, now);
        _isStale = false;
        (_savedAt, _savedOffset) = (_timers.Now, _clock.Offset);
        return _store.WriteAsync(grants, _latestWall);
    }

    private void Tick()
    {
        var ended = _book.All.Where(_clock.HasEnded).ToArray();
        foreach (var grant in ended)
        {
            End(grant, GrantEnds.Expired);
        }

        if (ended.Length > 0 || IsRefreshDue() || IsBehind)
        {
            _ = _writer.SaveAsync();
        }

        Schedule();
    }

    /// <summary>What a crash must not lose: the latest time, or that the clock was set back, which the file still takes for less time gone.</summary>
    private bool IsRefreshDue() => _book.NextDue is not null
        && (_timers.Now - _savedAt >= _limits.RefreshEvery.TotalMilliseconds || _clock.Offset < _savedOffset - ClockNoise);

    /// <summary>Sets the timer for whatever comes first: a grant's end, a look at the clocks, another try at the disk.</summary>
    private void Schedule()
    {
        _timer?.Cancel();
        var next = _book.NextDue;
        next = next > _limits.CheckEvery ? _limits.CheckEvery : next;
        if (_writer.Error is not null && (next is null || next > _limits.RetryEvery))
        {
            next = _limits.RetryEvery;
        }

        next = _isStale ? TimeSpan.Zero : next;
        _timer = next is { } delay ? _timers.Schedule(delay, Tick) : null;
    }
}
