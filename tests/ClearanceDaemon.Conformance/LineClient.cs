using System.Net.Sockets;
using System.Text;

namespace ClearanceDaemon.Conformance;

/// <summary>A plain client that sends bytes and reads lines, with a limit on every wait.</summary>
public sealed class LineClient : IDisposable
{
    private readonly List<byte> _received = [];
    private readonly byte[] _chunk = new byte[64 * 1024];

    public LineClient(UnixDomainSocketEndPoint endPoint)
    {
        Socket.Connect(endPoint);
        Socket.ReceiveTimeout = (int)Eventually.Limit.TotalMilliseconds;
        Socket.SendTimeout = (int)Eventually.Limit.TotalMilliseconds;
    }

    public Socket Socket { get; } = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public void Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    public void Send(byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += Socket.Send(bytes, sent, bytes.Length - sent, SocketFlags.None);
        }
    }

    /// <summary>The next line without its end; null at the end of the stream.</summary>
    public string? ReadLine()
    {
        while (true)
        {
            var end = _received.IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = Encoding.UTF8.GetString([.. _received.Take(end)]);
                _received.RemoveRange(0, end + 1);
                return line;
            }

            if (!Fill())
            {
                return null;
            }
        }
    }

    public string Ask(string line)
    {
        Send(line + "\n");
        return ReadLine() ?? throw new EndOfStreamException("the server closed instead of answering: " + line);
    }

    /// <summary>True when the server closes without another byte.</summary>
    public bool IsClosedByServer() => ReadLine() is null && _received.Count == 0;

    public void EndInput() => Socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => Socket.Dispose();

    private bool Fill()
    {
        try
        {
            var count = Socket.Receive(_chunk);
            _received.AddRange(_chunk.AsSpan(0, count));
            return count > 0;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // A server that closes with our bytes unread resets, after what it had sent.
            return false;
        }
    }
}
