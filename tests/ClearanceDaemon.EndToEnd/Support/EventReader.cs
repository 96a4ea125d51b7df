using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>A subscriber that keeps up as well as it can and knows, by what it was told, which asks wait. Cheap enough to have a hundred of them.</summary>
internal sealed class EventReader : IDisposable
{
    private const int IdDigits = 32;
    private readonly Socket _socket;
    private readonly HashSet<UInt128> _waiting = [];
    private readonly Task _reading;
    private volatile int _count;
    private volatile int _lost;

    public EventReader(string socket)
    {
        _socket = Subscribe(socket);
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>How many asks wait.</summary>
    public int Waiting => _count;

    /// <summary>How often it fell so far behind that it was told to begin anew.</summary>
    public int Lost => _lost;

    /// <summary>The daemon ended the connection.</summary>
    public bool IsCutOff => _reading.IsCompleted;

    /// <summary>A connection that has subscribed and has read nothing yet.</summary>
    public static Socket Subscribe(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        socket.Send(Encoding.UTF8.GetBytes(LineClient.Call(1, "clearance.subscribe", """{"answers":true}""") + "\n"));
        return socket;
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 18];
        var held = 0;
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(held)) is > 0 and var received)
            {
                held += received;
                var used = Take(buffer.AsSpan(0, held));
                buffer.AsSpan(used, held - used).CopyTo(buffer);
                held -= used;
                _count = _waiting.Count;
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Cut off, or no longer wanted.
        }
    }

    private int Take(ReadOnlySpan<byte> bytes)
    {
        var used = 0;
        while (bytes[used..].IndexOf((byte)'\n') is >= 0 and var length)
        {
            TakeLine(bytes.Slice(used, length));
            used += length + 1;
        }

        return used;
    }

    private void TakeLine(ReadOnlySpan<byte> line)
    {
        // What stands before the data is the daemon's alone, so the first match is the true one.
        var at = line.IndexOf("\"type\":\""u8);
        var type = at < 0 ? default : line[(at + "\"type\":\"".Length)..];
        if (type.StartsWith("asked\",\"id\":\""u8))
        {
            _waiting.Add(Id(type["asked\",\"id\":\"".Length..]));
        }
        else if (type.StartsWith("decided\",\"id\":\""u8))
        {
            _waiting.Remove(Id(type["decided\",\"id\":\"".Length..]));
        }
        else if (type.StartsWith("lost\""u8))
        {
            _lost++;
            _waiting.Clear();
        }
    }

    private static UInt128 Id(ReadOnlySpan<byte> text) => UInt128.Parse(text[..IdDigits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
