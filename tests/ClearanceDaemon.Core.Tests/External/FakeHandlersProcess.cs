using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.Core.Tests.Server;

namespace ClearanceDaemon.Core.Tests.External;

/// <summary>
/// Plays the handlers process on a real socket: takes orders, and answers them by the test's script, on a thread of the
/// connection's own. What the script leaves unanswered waits in <see cref="Next"/>.
/// </summary>
internal sealed class FakeHandlersProcess : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly BlockingCollection<FakeOrder> _orders = [];
    private readonly ConcurrentQueue<FakeConnection> _connections = [];
    private readonly ConcurrentQueue<string> _seen = [];
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly Thread _thread;

    public FakeHandlersProcess(string path)
    {
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen(16);
        _thread = new(Accept) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Answers an order; false leaves it to the test.</summary>
    public Func<FakeOrder, bool> Script { get; set; } = static _ => false;

    public int Connections => _connections.Count;

    /// <summary>Every order so far, in short.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    /// <summary>Every line so far; the method of each.</summary>
    public IReadOnlyCollection<string> Methods => _lines;

    public ConcurrentQueue<KeepOrder> Keeps { get; } = [];

    public FakeConnection LastConnection => _connections.Last();

    /// <summary>The next order that the script left.</summary>
    public FakeOrder Next()
    {
        Assert.True(_orders.TryTake(out var order, Eventually.Limit), "no order came");
        return order;
    }

    public bool HasNext => _orders.Count > 0;

    /// <summary>Takes no connection any more and ends those it has.</summary>
    public void Dispose()
    {
        _listener.Dispose();
        foreach (var connection in _connections)
        {
            connection.HangUp();
            connection.Dispose();
        }

        Assert.True(_thread.Join(Eventually.Limit), "the fake did not stop");
    }

    private void Accept()
    {
        while (true)
        {
            try
            {
                var connection = new FakeConnection(_listener.Accept());
                _connections.Enqueue(connection);
                new Thread(() => Serve(connection)) { IsBackground = true }.Start();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Serve(FakeConnection connection)
    {
        foreach (var line in connection.Lines())
        {
            Take(connection, TestDaemon.Parse(line));
        }
    }

    private void Take(FakeConnection connection, JsonElement line)
    {
        var (method, parameters) = (line.GetProperty("method").GetString()!, line.GetProperty("params").GetRawText());
        _lines.Enqueue(method);
        if (method == OrderMethods.Keep)
        {
            Keeps.Enqueue(JsonSerializer.Deserialize(parameters, OrderJson.Default.KeepOrder)!);
            connection.Send($$$"""{"jsonrpc":"2.0","id":{{{line.GetProperty("id")}}},"result":{}}""");
            return;
        }

        var order = new FakeOrder(connection, line.GetProperty("id").GetRawText(), Order.Read(Encoding.UTF8.GetBytes(parameters)) ?? throw new InvalidOperationException(parameters));
        _seen.Enqueue(order.Essence);
        if (!Script(order))
        {
            _orders.Add(order);
        }
    }
}
