using System.Net.Sockets;
using System.Text;

namespace ClearanceDaemon.Core.Tests.External;

/// <summary>One connection of the daemon to a fake handlers process.</summary>
internal sealed class FakeConnection(Socket socket) : IDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);

    public IEnumerable<string> Lines()
    {
        using var reader = new StreamReader(_stream, new UTF8Encoding(false), false, 64 * 1024, leaveOpen: true);
        while (true)
        {
            string? line;
            try
            {
                line = reader.ReadLine();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                yield break;
            }

            if (line is null)
            {
                yield break;
            }

            yield return line;
        }
    }

    public void Send(string line)
    {
        try
        {
            lock (_stream)
            {
                _stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The daemon is gone: tests that care look at what it did.
        }
    }

    /// <summary>Says no more, and still listens.</summary>
    public void EndOutput() => socket.Shutdown(SocketShutdown.Send);

    public void HangUp()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was closed already.
        }
    }

    public void Dispose() => _stream.Dispose();
}
