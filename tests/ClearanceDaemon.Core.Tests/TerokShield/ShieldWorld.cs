using System.Net.Sockets;
using System.Text;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Events;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Core.Sessions;
using ClearanceDaemon.Core.TerokShield;
using ClearanceDaemon.Core.Tests.Audit;
using ClearanceDaemon.Core.Tests.Server;
using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Core.Transport;
using Microsoft.Extensions.Logging;
using UnixPeers;

namespace ClearanceDaemon.Core.Tests.TerokShield;

/// <summary>The door on a real socket, with a reactor, an audit log and a stream of events behind it.</summary>
internal sealed class ShieldWorld : IDisposable
{
    private readonly ILoggerFactory _logs;
    private readonly Reactor _reactor;
    private readonly Thread _thread;

    /// <param name="root">A private directory to take over; otherwise it makes one.</param>
    public ShieldWorld(string? root = null)
    {
        Root = root ?? Directory.CreateTempSubdirectory("shield-").FullName;
        SocketPath = PathIn(Root);
        _logs = LoggerFactory.Create(builder => builder.AddProvider(Log));
        Audit = Fixture.Open();
        var timers = new TurnTimers();
        Intake = new(Asks, Audit, Hub, timers, Log);
        var turn = new AuditedTurn(Audit, Intake.OnCommit, _logs.CreateLogger<AuditedTurn>());
        _reactor = new(PollerChoice.Create(), turn, new ReactorLimits(), timers);
        var gate = new PeerGate(Counters, new RefusalLog(Audit, timers, _logs.CreateLogger<RefusalLog>()), OwnUser.Uid);
        Door = new(_reactor, gate, Counters, Intake, Log) { Path = () => SocketPath };
        _thread = new(_reactor.Run) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Where its socket is; removed at the end.</summary>
    public string Root { get; }

    public string SocketPath { get; }

    public AuditFixture Fixture { get; } = new();

    public AuditLog Audit { get; }

    public EventHub Hub { get; } = new("epoch", TimeProvider.System, new EventLimits());

    public ReportedAsks Asks { get; } = new();

    public Counters Counters { get; } = new();

    public CollectedLog Log { get; } = new();

    public ShieldIntake Intake { get; }

    public ReporterDoor Door { get; }

    public static string PathIn(string root) => Path.Combine(root, "terok-shield-events.sock");

    /// <summary>Opens the door; its problem.</summary>
    public string? Open() => OnReactor(Door.OpenAsync).WaitAsync(Eventually.Limit).GetAwaiter().GetResult();

    public void Close() => OnReactor(() =>
    {
        Door.Close();
        return true;
    });

    public LineClient Connect() => new(new UnixDomainSocketEndPoint(SocketPath));

    /// <summary>What a short-lived emitter does: connects, writes, closes.</summary>
    public void Emit(params string[] lines)
    {
        using var client = Connect();
        client.Send(string.Concat(lines.Select(static line => line + "\n")));
    }

    public long Count(string name) => OnReactor(() => Intake.Counts.ReadAll().GetValueOrDefault(name));

    public void WaitFor(string name, long count) => Eventually.True(() => Count(name) >= count, $"{count} {name}");

    public string Event(long seq) => OnReactor(() => Encoding.UTF8.GetString(Hub[seq]));

    /// <summary>Runs something on the reactor's thread and waits for it.</summary>
    public T OnReactor<T>(Func<T> get)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _reactor.Post(() => done.SetResult(get()));
        Assert.True(done.Task.Wait(Eventually.Limit), "the reactor did not run posted work");
        return done.Task.Result;
    }

    public void Dispose()
    {
        _reactor.Stop();
        Assert.True(_thread.Join(Eventually.Limit), "the reactor did not stop");
        Door.Dispose();
        _reactor.Dispose();
        Audit.Dispose();
        Fixture.Dispose();
        _logs.Dispose();
        Directory.Delete(Root, recursive: true);
    }
}
