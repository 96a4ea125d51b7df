using System.Net.Sockets;
using System.Text;

namespace ClearanceDaemon.Benchmarks;

/// <summary>Many subscribers of one daemon, and one who makes something happen. Owns its connections.</summary>
internal sealed class Crowd : IDisposable
{
    private const int FillingEvents = 400;
    private readonly Server _server;
    private readonly List<Socket> _readers = [];
    private readonly List<Socket> _stuck = [];
    private readonly Socket _maker;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private bool _on;

    public Crowd(Server server)
    {
        _server = server;
        _maker = Connect();
    }

    /// <summary>Adds subscribers that read.</summary>
    public void Join(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _readers.Add(Subscribe());
        }
    }

    /// <summary>Adds subscribers that don't.</summary>
    public void JoinStuck(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _stuck.Add(Subscribe());
        }
    }

    /// <summary>Makes things happen until those who don't read have no more room.</summary>
    public void FillStuck()
    {
        for (var i = 0; i < FillingEvents; i++)
        {
            Tell();
        }
    }

    /// <summary>One event, and everyone who reads has read it.</summary>
    public void Tell()
    {
        _on = !_on;
        Exchange(_maker, "daemon.lockdown", _on ? $$"""{"on":true,"reason":"{{new string('x', 1500)}}"}""" : """{"on":false}""", "\"result\"");
        foreach (var reader in _readers)
        {
            ReadLine(reader, "\"lockdown\"");
        }
    }

    public void Dispose()
    {
        foreach (var socket in _readers.Concat(_stuck).Append(_maker))
        {
            socket.Dispose();
        }
    }

    private Socket Subscribe()
    {
        var socket = Connect();
        Exchange(socket, "clearance.subscribe", "{}", "\"snapshot_end\"");
        return socket;
    }

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 20_000 };
        socket.Connect(new UnixDomainSocketEndPoint(_server.Workspace.OperatorSocket));
        return socket;
    }

    private void Exchange(Socket socket, string method, string parameters, string expected)
    {
        socket.Send(Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""" + "\n"));
        ReadLine(socket, expected);
    }

    private void ReadLine(Socket socket, string expected)
    {
        var length = 0;
        while (length == 0 || _buffer[length - 1] != (byte)'\n' || !Holds(length, expected))
        {
            var received = length < _buffer.Length ? Receive(socket, length) : 0;
            length += received > 0 ? received : throw new BenchmarkException($"the daemon sent no {expected}; {_server.Condition()}");
        }
    }

    private bool Holds(int length, string expected) => Encoding.UTF8.GetString(_buffer, 0, length).Contains(expected, StringComparison.Ordinal);

    private int Receive(Socket socket, int length)
    {
        try
        {
            return socket.Receive(_buffer, length, _buffer.Length - length, SocketFlags.None);
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
