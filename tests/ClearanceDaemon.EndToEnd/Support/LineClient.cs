using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>A client that knows nothing but sockets and lines, so that the tests don't see the daemon through its own library.</summary>
internal sealed class LineClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly NetworkStream _stream;
    private readonly StreamReader _reader;

    public LineClient(string path)
    {
        _socket.Connect(new UnixDomainSocketEndPoint(path));
        _socket.ReceiveTimeout = _socket.SendTimeout = (int)Until.Deadline.TotalMilliseconds;
        _stream = new NetworkStream(_socket);
        _reader = new StreamReader(_stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    public static string Ask(int id, string action) =>
        $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"clearance.ask","params":{"action":"{{{action}}}"}}""";

    public static string Call(int id, string method, string parameters = "{}") =>
        $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"{{{method}}}","params":{{{parameters}}}}""";

    public void Send(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    public void Send(string line) => Send(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>The next line, or null when the daemon has closed the connection.</summary>
    public JsonElement? Receive()
    {
        string? line;
        try
        {
            line = _reader.ReadLine();
        }
        catch (IOException error) when (error.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return null;
        }

        if (line is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }

    public JsonElement Exchange(string line)
    {
        Send(line);
        return Receive() ?? throw new InvalidOperationException($"The daemon closed the connection instead of answering {line}");
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
        _socket.Dispose();
    }
}
