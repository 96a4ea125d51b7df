using System.Text;
using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Tests.Audit;
using ClearanceDaemon.Core.Tests.Rules;
using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.Grants;

/// <summary>A state directory, clocks that a test moves, and a daemon's grants over them that can be started again.</summary>
internal sealed class World : IDisposable
{
    public const string Via = "claude";
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private int _ids;

    public World()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("grants-").FullName;
        Start();
    }

    public string Directory { get; }

    public string FilePath => Path.Combine(Directory, GrantStore.FileName);

    public FakeClock Wall { get; } = new(Noon);

    public FakeBoot Boot { get; } = new();

    public Loop Loop { get; } = new();

    public GrantLimits Limits { get; set; } = new();

    public TurnTimers Timers { get; private set; } = new();

    public GrantStore Store { get; private set; } = null!;

    public GrantBook Book { get; private set; } = null!;

    public Core.Grants.Grants Grants { get; private set; } = null!;

    /// <summary>What ended since the last start: id and why.</summary>
    public List<(RequestId Id, string Why)> Ended { get; } = [];

    public HashSet<(int Pid, ulong Inode)> Alive { get; } = [(77, 4711)];

    public long AuditSeq { get; set; } = long.MaxValue;

    /// <summary>A daemon that was killed, or ended, starts again.</summary>
    public void Restart(DateTimeOffset? floor = null)
    {
        Load(floor);
        RunTimers(TimeSpan.Zero);
    }

    /// <summary>A daemon that starts, before its first turn.</summary>
    public void Load(DateTimeOffset? floor = null)
    {
        Start();
        Grants.Load(new() { AuditSeq = AuditSeq, WallFloor = floor, IsAlive = (pid, inode) => Alive.Contains((pid, inode)) });
    }

    /// <summary>Time passes while the daemon runs: its timers go off.</summary>
    public void Pass(TimeSpan time)
    {
        Wall.Pass(time);
        Boot.Pass(time);
        RunTimers(time);
    }

    /// <summary>The machine sleeps: the timers' clock stands still.</summary>
    public void Suspend(TimeSpan time)
    {
        Wall.Pass(time);
        Boot.Pass(time);
    }

    public void RunTimers(TimeSpan time)
    {
        Timers.Now += (long)time.TotalMilliseconds;
        Loop.Do(() =>
        {
            Timers.RunDue();
            return 0;
        });
    }

    public Grant Make(AskMembers ask, GrantScopes kind, TimeSpan? duration = null, int? uses = null, Rule? rule = null, GrantVerdict verdict = GrantVerdict.Allow, params string[] bind)
    {
        var match = GrantMatch.TryBind(ask, bind.Length == 0 ? null : bind, out var fault);
        Assert.Null(fault);
        var id = new RequestId(Encoding.ASCII.GetBytes($"{++_ids:0000000000000000}"));
        return Grants.Make(id, ask, match!, verdict, new(kind, duration, uses), rule, kind == GrantScopes.UntilExit ? new(77, 4711) : null, decidedSeq: _ids);
    }

    /// <summary>Makes a grant and puts it in force.</summary>
    public Grant Add(AskMembers ask, GrantScopes kind, TimeSpan? duration = null, int? uses = null, Rule? rule = null, GrantVerdict verdict = GrantVerdict.Allow, params string[] bind)
    {
        var grant = Make(ask, kind, duration, uses, rule, verdict, bind);
        Assert.Null(Loop.Run(() => Grants.AddAsync(grant)));
        return grant;
    }

    public static AskMembers Deploy(string host = "web1") => Some.Ask("deploy.production", "shop", via: Via, details: [("host", host)]);

    public GrantAnswer Find(AskMembers ask, Rule? rule = null, bool isPrincipal = true) => Book.Find(ask, rule, _ => isPrincipal);

    public bool IsAnswered(AskMembers ask) => Find(ask).Fits is not null;

    public string[] OnDisk() => [.. new GrantStore(Directory, Limits, Wall).Load().Grants.Select(static grant => grant.Id.ToString())];

    /// <summary>From now on, until <see cref="Mend"/>, nothing can be written.</summary>
    public void Break() => File.SetUnixFileMode(Directory, (UnixFileMode)Convert.ToInt32("755", 8));

    public void Mend() => File.SetUnixFileMode(Directory, (UnixFileMode)Convert.ToInt32("700", 8));

    /// <summary>Waits for what is being written, and writes once more if anything runs out.</summary>
    public string? Settle() => Loop.Run(Grants.StopAsync);

    /// <summary>Until what the timers began to write is on disk, or is known not to be.</summary>
    public void Wait() => Loop.Until(() => Grants is not { IsBehind: true, Error: null });

    public void Dispose()
    {
        Mend();
        Settle();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private void Start()
    {
        // A killed daemon writes no more; this one can only be waited for.
        Wait();
        Timers = new();
        var clock = new GrantClock(Boot, Wall);
        Store = new(Directory, Limits, Wall);
        Book = new(clock);
        Ended.Clear();
        Grants = new(Store, Book, clock, Timers, Limits) { Ended = (grant, why) => Ended.Add((grant.Id, why)) };
    }
}
