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

    public void WaitForListener(string socket) =>
        Until.True(() => HasExited || Answers(socket), $"{socket} to be listened on; the daemon said: {Log}");

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

    public static bool Answers(string path)
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
}
