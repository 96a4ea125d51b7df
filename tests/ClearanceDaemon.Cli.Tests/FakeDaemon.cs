using System.Collections.Concurrent;
using System.Net.Sockets;

namespace ClearanceDaemon.Cli.Tests;

/// <summary>A scripted daemon on a real socket in a private directory: one thread per connection, the script answers each line.</summary>
internal sealed class FakeDaemon : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly ConcurrentBag<Socket> _connections = [];
    private readonly Action<Exchange> _script;

    /// <param name="script">Answers each line.</param>
    /// <param name="path">Where to listen; null for a directory of its own.</param>
    public FakeDaemon(Action<Exchange> script, string? path = null)
    {
        _script = script;
        Path = path ?? System.IO.Path.Combine(_directory.Path, "clearance.sock");
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen(16);
        Start(Accept);
    }

    public string Path { get; }

    /// <summary>The lines of all connections, in the order they came.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>Set when a connection ended.</summary>
    public ManualResetEventSlim Closed { get; } = new();

    /// <summary>Set when a line came in.</summary>
    public ManualResetEventSlim Received { get; } = new();

    /// <summary>A daemon that answers everything with one result.</summary>
    public static FakeDaemon Answering(string result) => new(exchange => exchange.Result(result));

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        _directory.Dispose();
    }

    private static void Start(ThreadStart body) => new Thread(body) { IsBackground = true }.Start();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var connection = _listener.Accept();
                _connections.Add(connection);
                Start(() => Serve(connection));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private void Serve(Socket connection)
    {
        try
        {
            using var reader = new StreamReader(new NetworkStream(connection));
            while (reader.ReadLine() is { } line)
            {
                Lines.Enqueue(line);
                Received.Set();
                _script(new Exchange(connection, line));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The client went away, or the test is over.
        }

        Closed.Set();
    }
}
