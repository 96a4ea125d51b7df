using System.Collections.Concurrent;
using System.ComponentModel;
using ClearanceDaemon.Core.Time;

namespace ClearanceDaemon.Core.Transport;

/// <summary>
/// One thread that reads, answers and writes in place for all connections. A turn is: wait, handle what is ready, run
/// posted work and timers, commit the turn's records with one write, send each connection's replies with one write.
/// All members but <see cref="Post"/> and <see cref="Stop"/> are for its own thread.
/// </summary>
internal sealed class Reactor : IDisposable
{
    private const int EventsPerTurn = 256;
    private readonly IPoller _poller;
    private readonly ITurn _turn;
    private readonly SlotTable _slots = new();
    private readonly Wakeup _wakeup = new();
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly HashSet<Connection> _stalled = [];
    private readonly PollResult[] _results = new PollResult[EventsPerTurn];
    private readonly byte[] _receiveBuffer;
    private List<Connection> _dirty = [];
    private List<Connection> _flushing = [];
    private Queue<Connection> _backlog = new();
    private bool _sweeping;
    private volatile bool _stopped;

    public Reactor(IPoller poller, ITurn turn, ReactorLimits limits, TurnTimers timers)
    {
        _poller = poller;
        _turn = turn;
        Limits = limits;
        _receiveBuffer = new byte[limits.BytesPerTurn];
        Timers = timers;
        Timers.Now = Now;
        _poller.Add(_wakeup.Descriptor, PollEvents.Read, _slots.Add(_wakeup.Descriptor, _wakeup));
    }

    public TurnTimers Timers { get; }

    /// <summary>Told of a fault that ended one connection, or one piece of work, and nothing else.</summary>
    public Action<Exception>? Faulted { get; set; }

    /// <summary>Milliseconds of a monotonic clock, read once a turn.</summary>
    public long Now { get; private set; } = Environment.TickCount64;

    internal ReactorLimits Limits { get; }

    internal Span<byte> ReceiveBuffer => _receiveBuffer;

    internal Lending<Outbox> Outboxes { get; } = new(static () => new(), static box => box.Reset(), static box => box.Buffer.Array.Length);

    internal Lending<Inbox> Inboxes { get; } = new(static () => new(), static box => box.Reset(), static box => box.Capacity);

    /// <summary>Starts accepting on a listening socket.</summary>
    public ListenerPort Listen(int descriptor, int lineCap, IAcceptor acceptor)
    {
        var port = new ListenerPort(this, descriptor, lineCap, acceptor);
        port.Token = _slots.Add(descriptor, port);
        _poller.Add(descriptor, PollEvents.Read, port.Token);
        return port;
    }

    /// <summary>Calls back once when a descriptor becomes readable. The descriptor stays the caller's, who disposes the watch first.</summary>
    public IDisposable Watch(int descriptor, Action ready)
    {
        var watch = new DescriptorWatch(descriptor, ready, Remove);
        _poller.Add(descriptor, PollEvents.Read, _slots.Add(descriptor, watch));
        return watch;
    }

    /// <summary>Watches a descriptor, such as a pipe's end, until it is detached; it stays the target's own.</summary>
    /// <returns>What <see cref="ChangeInterest(int, PollEvents, long)"/> takes.</returns>
    public long Attach(int descriptor, PollEvents events, IPollTarget target)
    {
        var token = _slots.Add(descriptor, target);
        _poller.Add(descriptor, events, token);
        return token;
    }

    public void ChangeInterest(int descriptor, PollEvents events, long token) => _poller.Change(descriptor, events, token);

    /// <summary>Ends what <see cref="Attach"/> began; before the descriptor is closed.</summary>
    public void Detach(int descriptor) => Remove(descriptor);

    /// <summary>From any thread: runs the action on the reactor's, in this turn or the next.</summary>
    public void Post(Action action)
    {
        _posted.Enqueue(action);
        _wakeup.Signal();
    }

    /// <summary>From any thread: the loop ends after the turn at hand.</summary>
    public void Stop() => Post(() => _stopped = true);

    /// <summary>Before the loop: runs an action whose awaits go on in it.</summary>
    public void Run(Action before)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new ReactorContext(this));
        try
        {
            before();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    /// <summary>The loop; returns after <see cref="Stop"/> with every connection closed.</summary>
    public void Run()
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new ReactorContext(this));
        try
        {
            while (!_stopped)
            {
                RunTurn();
            }

            _slots.ForEach<Connection>(static connection => connection.Close());
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    public void Dispose()
    {
        _poller.Dispose();
        _wakeup.Dispose();
    }

    internal void MarkDirty(Connection connection) => _dirty.Add(connection);

    internal void QueueBacklog(Connection connection) => _backlog.Enqueue(connection);

    internal void WatchStalled(Connection connection)
    {
        _stalled.Add(connection);
        if (!_sweeping)
        {
            _sweeping = true;
            Timers.Schedule(TimeSpan.FromSeconds(1), SweepStalled);
        }
    }

    /// <summary>Takes over an accepted descriptor; null when the kernel will watch no more, and the descriptor stays the caller's.</summary>
    internal Connection? Open(int descriptor, int lineCap)
    {
        var connection = new Connection(this, descriptor, lineCap);
        connection.Token = _slots.Add(descriptor, connection);
        try
        {
            _poller.Add(descriptor, PollEvents.Read, connection.Token);
            return connection;
        }
        catch (Win32Exception e)
        {
            // epoll_ctl(2): ENOSPC when the user's watches are used up, which any program of the user can do.
            _slots.Remove(descriptor);
            Faulted?.Invoke(e);
            return null;
        }
    }

    internal void ChangeInterest(Connection connection, PollEvents events) => _poller.Change(connection.Descriptor, events, connection.Token);

    internal void ChangeInterest(ListenerPort port, PollEvents events) => _poller.Change(port.Descriptor, events, port.Token);

    internal void Forget(Connection connection)
    {
        _slots.Remove(connection.Descriptor);
        _poller.Forget(connection.Descriptor);
    }

    internal void Remove(ListenerPort port) => Remove(port.Descriptor);

    private void Remove(DescriptorWatch watch) => Remove(watch.Descriptor);

    private void Remove(int descriptor)
    {
        _slots.Remove(descriptor);
        _poller.Remove(descriptor);
    }

    private void RunTurn()
    {
        var count = _poller.Wait(_results, WaitTime());
        Timers.Now = Now = Environment.TickCount64;
        _turn.Begin();
        for (var i = 0; i < count; i++)
        {
            Deliver(_results[i]);
            EndTurnIfFull();
        }

        RunBacklog();
        while (_posted.TryDequeue(out var action))
        {
            Guard(action);
            EndTurnIfFull();
        }

        Guard(Timers.RunDue);
        EndTurn();
    }

    private void Deliver(PollResult result)
    {
        var target = _slots.Find(result.Token);
        try
        {
            target?.OnReady(result.Events);
        }
        catch (Exception e) when (target is Connection)
        {
            // One connection's fault is that connection's end, not everybody's.
            Faulted?.Invoke(e);
            Guard(((Connection)target).Close);
        }
    }

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            Faulted?.Invoke(e);
        }
    }

    private void EndTurnIfFull()
    {
        if (_turn.IsFull)
        {
            EndTurn();
        }
    }

    private int WaitTime()
    {
        if (_backlog.Count > 0)
        {
            return 0;
        }

        return Timers.NextDue is { } due ? (int)Math.Clamp(due - Environment.TickCount64, 0, int.MaxValue) : -1;
    }

    private void RunBacklog()
    {
        // Only what was queued before this turn: a connection that queues itself again waits for the next.
        for (var left = _backlog.Count; left > 0; left--)
        {
            var connection = _backlog.Dequeue();
            try
            {
                connection.RunBacklog();
            }
            catch (Exception e)
            {
                Faulted?.Invoke(e);
                Guard(connection.Close);
            }

            EndTurnIfFull();
        }
    }

    private void EndTurn()
    {
        var committed = _turn.Commit();

        // A commit or a closed connection may make others write, or records of its own: they belong to this turn.
        while (_dirty.Count > 0 || _turn.HasUncommitted)
        {
            (_dirty, _flushing) = (_flushing, _dirty);
            foreach (var connection in _flushing)
            {
                // A close in between may have made records that answers further on wait for.
                committed = _turn.HasUncommitted ? _turn.Commit() : committed;
                connection.Flush(committed);
            }

            _flushing.Clear();
            committed = _turn.Commit();
        }
    }

    private void SweepStalled()
    {
        _stalled.RemoveWhere(connection => !connection.CheckStalled(Now));
        _sweeping = _stalled.Count > 0;
        if (_sweeping)
        {
            Timers.Schedule(TimeSpan.FromSeconds(1), SweepStalled);
        }
    }
}
