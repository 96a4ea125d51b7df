using System.Diagnostics;
using ClearanceDaemon.Conformance;

namespace ClearanceDaemon.Core.Tests.TerokShield;

/// <summary>Emitters as they are in the field: another program that connects, writes a line and closes.</summary>
internal static class Emitters
{
    private const string Source = """
        import json, socket, sys
        for i in range(int(sys.argv[3])):
            s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])
            s.sendall((json.dumps(dict(json.loads(sys.argv[2]), id=f'c1:{i}')) + '\n').encode())
            s.close()
        """;

    private const string Holder = """
        import socket, sys
        held = [socket.socket(socket.AF_UNIX) for _ in range(int(sys.argv[2]))]
        for s in held: s.connect(sys.argv[1])
        sys.stdin.read()
        """;

    /// <summary>Connects as it can, and prints what happened to it.</summary>
    private const string Stranger = """
        import socket, sys
        s = socket.socket(socket.AF_UNIX); s.settimeout(30); s.connect(sys.argv[1])
        try:
            s.sendall(sys.argv[2].encode() + b'\n')
            print(repr(s.recv(4096)))
        except (ConnectionResetError, BrokenPipeError): print(repr(b''))
        """;

    public static Process Start(string path, string line, int times = 1)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "no python3 here");
        return Process.Start("/usr/bin/python3", ["-c", Source, path, line, $"{times}"]);
    }

    public static void End(Process emitter)
    {
        Assert.True(emitter.WaitForExit(Eventually.Limit), "the emitter did not end");
        Assert.Equal(0, emitter.ExitCode);
        emitter.Dispose();
    }

    /// <summary>Holds so many connections until its input ends.</summary>
    public static Process Hold(string path, int connections)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "no python3 here");
        return Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Holder, path, $"{connections}"]) { RedirectStandardInput = true })!;
    }

    /// <summary>What another user hears who sends a line.</summary>
    public static string SendAs(int uid, string path, string line)
    {
        var start = new ProcessStartInfo("setpriv", ["--reuid", $"{uid}", "--regid", $"{uid}", "--clear-groups", "/usr/bin/python3", "-c", Stranger, path, line])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var heard = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(Eventually.Limit), "the stranger did not end");
        Assert.Equal(0, process.ExitCode);
        return heard.Trim();
    }
}
