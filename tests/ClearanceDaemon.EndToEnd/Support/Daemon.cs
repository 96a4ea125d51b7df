using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using ClearanceDaemon.EndToEnd.Native;

namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>A running <c>clearanced</c>: its output as it comes, its signals, its end. Killed when disposed.</summary>
internal sealed class Daemon : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _log = new();

    public Daemon(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> command)
    {
        _process = Command.Start(environment, command);
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_log)
            {
                _log.AppendLine(line.Data);
            }
        };
        _process.BeginErrorReadLine();
    }

    public int Pid => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    public string? ReadLine() => _process.StandardOutput.ReadLine();

    public void Signal(int signal) => Assert.Equal(0, LibC.kill(Pid, signal));

    /// <summary>Waits until it answers: a listening socket alone may still be without anyone who reads signals or lines.</summary>
    public void WaitForAnswer(string socket) =>
        Until.True(() => HasExited || Pings(socket), $"{socket} to answer; the daemon said: {Log}");

    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(Until.Deadline), $"The daemon is still running; it said: {Log}");
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public int Stop()
    {
        Signal(LibC.SIGTERM);
        return WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    /// <summary>Whether anyone listens there.</summary>
    public static bool Listens(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool Pings(string path)
    {
        try
        {
            using var client = new LineClient(path);
            client.Send(LineClient.Call(1, "clearance.ping"));
            return client.Receive() is { } answer && answer.TryGetProperty("result", out _);
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return false;
        }
    }
}
