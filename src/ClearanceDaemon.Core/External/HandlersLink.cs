using System.Text;
using System.Text.Json;
using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Core.Transport;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Core.External;

/// <summary>
/// The daemon's connection to the handlers process: made when it is first needed, which activates that process, verified
/// before a byte is sent, closed when nothing was wanted for a while. Every order gets exactly one reply, be it that
/// nothing came. For the reactor's thread.
/// </summary>
/// <param name="address">Where the handlers process listens.</param>
/// <param name="reactor">Whose thread this is.</param>
/// <param name="limits">How patient it is.</param>
internal sealed class HandlersLink(UnixAddress address, Reactor reactor, LinkLimits limits) : ILineSink
{
    private readonly Dictionary<long, SentOrder> _orders = [];
    private readonly Queue<SentOrder> _unsent = new();
    private Connection? _connection;
    private TurnTimer? _idle;
    private byte[]? _kept;
    private long _lastId;
    private bool _isStopped;

    public LinkState State { get; private set; }

    /// <summary>Why it could not be reached; null when nothing is known to be wrong.</summary>
    public string? Problem { get; private set; }

    // Nothing is owed to a handlers process that says no more: what it was ordered has failed.
    bool ILineSink.HasInFlight => false;

    /// <summary>Sends an order and waits for what becomes of it; a caller that goes away is simply not told.</summary>
    /// <param name="order">What to do.</param>
    /// <param name="deadline">How long the handler has.</param>
    public Task<OrderReply> RunAsync(Order order, TimeSpan deadline)
    {
        var json = new LineBuffer(order.Params.Length + 256);
        order.Write(json);
        return SendAsync(json.Written, deadline);
    }

    /// <summary>Has every handler's processes ended that is not named: now, or, while not connected, before the next order is sent.</summary>
    public void Keep(KeepOrder order)
    {
        _kept = JsonSerializer.SerializeToUtf8Bytes(order, OrderJson.Default.KeepOrder);
        SendKept();
    }

    /// <summary>Closes the connection; what is still out fails, and so does everything from now on.</summary>
    public void Stop()
    {
        _isStopped = true;
        _idle?.Cancel();
        _connection?.Close();
    }

    public void OnLine(ReadOnlySpan<byte> line)
    {
        RpcReply reply;
        try
        {
            reply = RpcReply.Parse(line);
        }
        catch (InvalidDataException)
        {
            Break("the handlers process sent a line that is no answer");
            return;
        }

        if (reply.Id?.Number is { } id && _orders.Remove(id, out var order))
        {
            order.End(Read(reply));
            RestWhenIdle();
        }
    }

    public void OnBadFraming(BadFraming what) => Break("the handlers process sent a line that is too long, or did not finish one");

    public void OnDrained() => Pump();

    public void OnClosed()
    {
        _connection = null;
        State = Problem is null ? LinkState.Idle : LinkState.Unreachable;
        FailAll(Problem ?? "the handlers process ended; see its log");
    }

    private static OrderReply Read(RpcReply reply)
    {
        if (reply.Error is { } error)
        {
            return OrderReply.Failed(HandlerFault.Unavailable, $"the handlers process refused the order: {error.Message}");
        }

        try
        {
            var read = JsonSerializer.Deserialize(reply.Body, OrderJson.Default.OrderReply);
            return read ?? OrderReply.Failed(HandlerFault.Unavailable, "the handlers process answered with nothing");
        }
        catch (JsonException)
        {
            return OrderReply.Failed(HandlerFault.Unavailable, "the handlers process answered with something else than a reply");
        }
    }

    private static byte[] Line(long id, string method, ReadOnlySpan<byte> parameters)
    {
        var line = new LineBuffer(parameters.Length + 128);
        line.Raw("{\"jsonrpc\":\"2.0\",\"id\":"u8);
        line.Number(id);
        line.Raw(",\"method\":"u8);
        line.String(Encoding.UTF8.GetBytes(method));
        line.Raw(",\"params\":"u8);
        line.Raw(parameters);
        line.Raw("}\n"u8);
        return line.Written.ToArray();
    }

    // Nobody waits for the answer: a handlers process that is gone keeps nothing.
    private void SendKept()
    {
        if (_kept is not null && _connection is { HasRoom: true } connection)
        {
            connection.Write().Buffer.Raw(Line(++_lastId, OrderMethods.Keep, _kept));
        }
    }

    private Task<OrderReply> SendAsync(ReadOnlySpan<byte> parameters, TimeSpan deadline)
    {
        if (_isStopped)
        {
            return Task.FromResult(OrderReply.Failed(HandlerFault.Unavailable, "the daemon is stopping"));
        }

        var order = new SentOrder(++_lastId, Line(_lastId, OrderMethods.Run, parameters));
        order.Timeout = reactor.Timers.Schedule(deadline + limits.Grace, () => GiveUp(order));
        _orders.Add(order.Id, order);
        _unsent.Enqueue(order);
        if (_connection is null && State != LinkState.Connecting)
        {
            _ = ConnectAsync();
        }

        Pump();
        return order.Task;
    }

    private async Task ConnectAsync()
    {
        State = LinkState.Connecting;
        try
        {
            var socket = await Task.Run(() => UnixPeerClient.ConnectSocket(address, OwnUser.Uid, limits.Connect));
            var descriptor = (int)socket.DangerousGetHandle();
            if (_isStopped || reactor.Open(descriptor, OrderMethods.LineBytes) is not { } connection)
            {
                socket.Dispose();
                throw new IOException("the daemon has no room for another descriptor");
            }

            // The connection closes it.
            socket.SetHandleAsInvalid();
            (_connection, State, Problem) = (connection, LinkState.Connected, null);
            connection.Start(this);
            SendKept();
            Pump();
        }
        catch (Exception e) when (e is UnixPeerException or IOException)
        {
            Fail(e.Message);
        }
        finally
        {
            // After a fault of ours: orders must not wait for a connection that never comes.
            if (State == LinkState.Connecting)
            {
                Fail("a fault of the daemon's own");
            }
        }
    }

    private void Fail(string why)
    {
        (State, Problem) = (LinkState.Unreachable, $"the handlers process cannot be reached: {why}");
        FailAll(Problem);
    }

    // No more than the other side reads: whoever held back answers because it is owed room would wait for us to read them.
    private void Pump()
    {
        while (_connection is { HasRoom: true } connection && _unsent.TryDequeue(out var order))
        {
            _idle?.Cancel();
            if (!order.IsOver)
            {
                connection.Write().Buffer.Raw(order.Line);
            }
        }
    }

    private void GiveUp(SentOrder order)
    {
        _orders.Remove(order.Id);
        order.End(OrderReply.Failed(HandlerFault.Unavailable, "the handlers process did not answer in time; see its log"));
        RestWhenIdle();
    }

    private void Break(string problem)
    {
        Problem = problem;
        _connection?.Close();
    }

    private void FailAll(string message)
    {
        _unsent.Clear();
        foreach (var order in _orders.Values.ToArray())
        {
            _orders.Remove(order.Id);
            order.End(OrderReply.Failed(HandlerFault.Unavailable, message));
        }
    }

    private void RestWhenIdle()
    {
        _idle?.Cancel();
        if (_orders.Count == 0)
        {
            _idle = reactor.Timers.Schedule(limits.Idle, () => _connection?.CloseWhenSent());
        }
    }
}
