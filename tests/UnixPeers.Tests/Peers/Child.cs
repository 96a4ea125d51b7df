using System.Diagnostics;
using System.Globalization;

namespace UnixPeers.Tests.Peers;

/// <summary>A real child process that is talked to in lines; killed and reaped at the end.</summary>
internal sealed class Child : IDisposable
{
    /// <summary>What every script starts with: <c>connect(address)</c>, <c>say(text)</c>, <c>hear()</c>.</summary>
    private const string Prelude = """
        import ctypes, os, socket, struct, sys
        libc = ctypes.CDLL(None, use_errno=True)
        def connect(address, own=None):
            s = socket.socket(socket.AF_UNIX)
            if own is not None:
                s.bind(own)
            s.connect('\0' + address[1:] if address[0] == '@' else address)
            return s
        def say(text):
            print(text, flush=True)
        def hear():
            # By bytes, so that what follows the line is there for the program it execs.
            line = b''
            while not line.endswith(b'\n'):
                byte = os.read(0, 1)
                if not byte:
                    sys.exit(0)
                line += byte
            return line[:-1].decode()

        """;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private Child(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        _process = Process.Start(start)!;
        Pid = _process.Id;
    }

    internal int Pid { get; }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    internal static Child Python(string script, params string[] arguments) =>
        Run(["/usr/bin/python3", "-c", Prelude + script, .. arguments]);

    /// <summary>The same under the user nobody; needs root.</summary>
    internal static Child PythonAsNobody(string script, params string[] arguments) =>
        Run([.. AsNobody, "/usr/bin/python3", "-c", Prelude + script, .. arguments]);

    /// <summary>This test program again, running one explicit test as its only one.</summary>
    internal static Child Self(string[] prefix, Type type, string method, Dictionary<string, string>? environment = null) =>
        Run([.. prefix, SelfPath, "-explicit", "only", "-method", $"{type.FullName}.{method}", "-noLogo"], environment);

    internal static string SelfPath => Path.Combine(AppContext.BaseDirectory, "UnixPeers.Tests");

    internal static string[] AsNobody => ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

    internal static Child Run(string[] command, Dictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(command[0], command[1..]);
        foreach ((string name, string value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        return new Child(start);
    }

    internal void Say(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    internal string Hear()
    {
        Task<string?> line = _process.StandardOutput.ReadLineAsync();
        Assert.True(line.Wait(Deadline), "the child says nothing");
        return line.Result ?? throw new InvalidOperationException("the child has ended");
    }

    internal int HearNumber() => int.Parse(Hear(), CultureInfo.InvariantCulture);

    /// <summary>Waits for the end.</summary>
    /// <returns>Exit code and the rest of what it said.</returns>
    internal (int Code, string Output) Finish()
    {
        _process.StandardInput.Close();
        Task<string> output = _process.StandardOutput.ReadToEndAsync();
        Assert.True(output.Wait(Deadline), "the child does not end");
        _process.WaitForExit();
        return (_process.ExitCode, output.Result);
    }

    /// <summary>Kills and reaps.</summary>
    internal void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.WaitForExit();
    }
}
