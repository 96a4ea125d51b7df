using System.Net.Sockets;
using System.Text;

namespace ClearanceDaemon.Protocol.Tests;

/// <summary>A daemon of one connection over a real Unix socket that answers each line it reads as the test says.</summary>
internal sealed class ScriptedDaemon : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("clearance-protocol-").FullName;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Task _serving;

    public ScriptedDaemon(params Func<string, byte[]>[] answers)
    {
        var address = new UnixDomainSocketEndPoint(Path.Combine(_directory, "s"));
        _listener.Bind(address);
        _listener.Listen(1);
        _serving = Task.Run(() => Serve(answers));
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(address);
        Stream = new NetworkStream(socket, ownsSocket: true);
    }

    public NetworkStream Stream { get; }

    public List<string> Received { get; } = [];

    public static Func<string, byte[]> Says(params string[] lines) => _ => Encoding.UTF8.GetBytes(string.Concat(lines.Select(static l => l + "\n")));

    public void Dispose()
    {
        Stream.Dispose();
        _listener.Dispose();
        try
        {
            _serving.Wait();
        }
        catch (AggregateException)
        {
            // A test that broke the connection on purpose leaves the daemon with the pieces.
        }

        Directory.Delete(_directory, recursive: true);
    }

    private void Serve(Func<string, byte[]>[] answers)
    {
        using var stream = new NetworkStream(_listener.Accept(), ownsSocket: true);
        using var reader = new StreamReader(stream, Encoding.UTF8, false, 1 << 16, leaveOpen: true);
        foreach (var answer in answers)
        {
            if (reader.ReadLine() is not { } line)
            {
                return;
            }

            lock (Received)
            {
                Received.Add(line);
            }

            stream.Write(answer(line));
        }
    }
}
