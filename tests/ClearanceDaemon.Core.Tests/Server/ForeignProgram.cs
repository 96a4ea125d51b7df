using System.Diagnostics;
using System.Text.Json;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>Another process on a socket of the daemon: it sends what it is told to and shows what it hears.</summary>
public sealed class ForeignProgram : IDisposable
{
    private const string Source = """
        import socket, sys, threading
        s = socket.socket(socket.AF_UNIX)
        s.connect(sys.argv[1])
        def speak():
            for line in sys.stdin.buffer:
                if line == b'hang up\n':
                    s.shutdown(socket.SHUT_RDWR)
                else:
                    s.sendall(line)
        threading.Thread(target=speak, daemon=True).start()
        for line in s.makefile('rb'):
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
        s.close()
        threading.Event().wait()
        """;

    private readonly Process _process;

    public ForeignProgram(TestDaemon daemon, string via = "ask")
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "no python3 here");
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", Source, Path.Combine(daemon.Root, via, "s")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
    }

    public int Pid => _process.Id;

    public void Send(string line)
    {
        _process.StandardInput.Write(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Asks; what it is told of its waiting.</summary>
    public JsonElement Ask(string parameters)
    {
        Send(TestDaemon.AskLine(1, parameters));
        return Next().GetProperty("params");
    }

    /// <summary>The result or error of a call, or of an ask that waits.</summary>
    public JsonElement Answer()
    {
        while (true)
        {
            var line = Next();
            if (line.TryGetProperty("result", out var result) || line.TryGetProperty("error", out result))
            {
                return result;
            }
        }
    }

    public JsonElement Call(string method, string parameters)
    {
        Send($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""" + "\n");
        return Answer();
    }

    /// <summary>Ends the connection and lives on.</summary>
    public void HangUp() => Send("hang up\n");

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private JsonElement Next() => TestDaemon.Parse(_process.StandardOutput.ReadLine() ?? throw new EndOfStreamException("the other program ended"));
}
