using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace UnixPeers.Tests.Peers;

/// <summary>A process of a <see cref="Family"/>, by its connection.</summary>
internal sealed class Relative : IDisposable
{
    private readonly Socket _socket;

    internal Relative(Socket socket)
    {
        _socket = socket;
        Credentials = Assert.IsType<PeerResult.Peer>(PeerCredentials.Read(socket.SafeHandle)).Credentials;
        Process = Pin();
    }

    internal PeerCredentials Credentials { get; }

    internal PeerProcess Process { get; }

    internal int Pid => Process.Pid;

    public void Dispose()
    {
        Process.Dispose();
        _socket.Dispose();
    }

    /// <summary>Once more, as another connection's would be.</summary>
    internal PeerProcess Pin() => Assert.IsType<PeerPin.Pinned>(PeerProcess.Pin((int)_socket.Handle, Credentials)).Process;

    /// <summary>Ends one <c>hear</c>.</summary>
    internal void Say() => _socket.Send([1]);

    /// <summary>Kills it and waits for its end; somebody else may have to reap it.</summary>
    internal void Kill()
    {
        using Process kill = System.Diagnostics.Process.Start("/bin/sh", ["-c", "kill -9 " + Pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        long start = Stopwatch.GetTimestamp();
        while (Process.IsAlive)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60), "it does not die");
            Thread.Yield();
        }
    }
}
