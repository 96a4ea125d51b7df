using System.Diagnostics;
using System.Text.Json;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>One process that asks daemon after daemon: for each line <c>PATH LINE</c> it opens a connection, asks, and shows the result.</summary>
public sealed class StubbornAgent : IDisposable
{
    private const string Source = """
        import socket, sys
        for order in sys.stdin.buffer:
            path, line = order.split(b' ', 1)
            s = socket.socket(socket.AF_UNIX)
            s.connect(path)
            s.sendall(line)
            for answer in s.makefile('rb'):
                if b'"id":1' in answer:
                    sys.stdout.buffer.write(answer)
                    sys.stdout.buffer.flush()
                    break
            s.close()
        """;

    private readonly Process _process;

    public StubbornAgent()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "no python3 here");
        _process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Source]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

    public void Ask(TestDaemon daemon, string parameters)
    {
        _process.StandardInput.Write(Path.Combine(daemon.Root, "ask", "s") + " " + TestDaemon.AskLine(1, parameters));
        _process.StandardInput.Flush();
    }

    public JsonElement Answer() => TestDaemon.Parse(_process.StandardOutput.ReadLine() ?? throw new EndOfStreamException("the agent ended")).GetProperty("result");

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
}
