using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Core.Transport;
using ClearanceDaemon.Protocol;
using UnixPeers;

namespace ClearanceDaemon.Core.Sessions;

/// <summary>
/// Who may connect: whom the <see cref="PeerGate"/> lets in, within the quotas. Everyone else is refused without a
/// word. Knows every session.
/// </summary>
internal sealed class Admission(ITurn turn, Dispatcher dispatcher, Quotas quotas, Counters counters, PeerGate gate)
{
    private static readonly byte[] BusyLine = MakeBusyLine();
    private readonly HashSet<Session> _sessions = [];

    public ITurn Turn => turn;

    public Dispatcher Dispatcher => dispatcher;

    public Quotas Quotas => quotas;

    public Counters Counters => counters;

    public IReadOnlyCollection<Session> Sessions => _sessions;

    /// <summary>Whether rules look at programs, so that a caller's is looked at when it connects.</summary>
    public Func<bool> LooksAtPrograms { get; init; } = static () => false;

    /// <summary>From now on a session that owes nothing is closed.</summary>
    public bool IsDraining { get; set; }

    /// <summary>Told after each request that was in flight, and after each closed session.</summary>
    public Action? Progressed { get; set; }

    /// <summary>The acceptor of one socket.</summary>
    public IAcceptor For(Door door) => new DoorAcceptor(this, door);

    public void OnCompleted() => Progressed?.Invoke();

    public void OnClosed(Session session)
    {
        _sessions.Remove(session);
        counters.Add(Counter.ConnectionsOpen, -1);
        session.Door.Connections--;
        quotas.Leave(session.Caller.Role, session.Caller.Credentials.Pid);
        Progressed?.Invoke();
    }

    private static byte[] MakeBusyLine()
    {
        var line = new LineBuffer();
        RpcWriter.Error(line, default, RpcErrorCode.Busy, "too many connections; close some, or raise the limit in clearanced.json"u8, default, TimeSpan.FromSeconds(1));
        return line.Written.ToArray();
    }

    private Session? Admit(Connection connection, Door door, out ReadOnlySpan<byte> farewell)
    {
        farewell = default;
        counters.Add(Counter.Connections);
        if (gate.Admit(connection.Descriptor, door.Via) is not { } peer)
        {
            return null;
        }

        if (!quotas.TryEnter(door.Role, peer.Pid))
        {
            counters.Add(Counter.RefusedBusy);
            farewell = BusyLine;
            return null;
        }

        return Open(connection, door, peer);
    }

    private Session Open(Connection connection, Door door, PeerCredentials peer)
    {
        var session = new Session(this, door, connection, peer);
        _sessions.Add(session);
        counters.Add(Counter.ConnectionsOpen);
        door.Connections++;
        if (LooksAtPrograms())
        {
            session.Caller.LookEarly();
        }

        return session;
    }

    private sealed class DoorAcceptor(Admission admission, Door door) : IAcceptor
    {
        public ReadOnlySpan<byte> NoDescriptors => BusyLine;

        public ILineSink? Admit(Connection connection, out ReadOnlySpan<byte> farewell) => admission.Admit(connection, door, out farewell);
    }
}
