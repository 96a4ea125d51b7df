using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace ClearanceDaemon.Tests.Activated;

/// <summary>The daemon as a service manager starts it: a parent makes sockets, hands them over as descriptors 3 and up, and becomes it.</summary>
internal sealed class ActivatedDaemon : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    // One descriptor for each name: a listener, or a datagram socket where the name starts with "bad".
    private const string Parent = """
        import os, socket, sys
        root, names, command = sys.argv[1], sys.argv[2].split(':') if sys.argv[2] else [], sys.argv[3:]
        held = []
        os.umask(0o077)
        os.makedirs(root + '/run', exist_ok=True)
        for name in names:
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM if name.startswith('bad') else socket.SOCK_STREAM)
            directory = root + '/run/clearance/' + name
            os.makedirs(directory, 0o700)
            os.umask(0o177)
            s.bind(directory + '/clearance.sock')
            os.umask(0o077)
            if not name.startswith('bad'):
                s.listen(64)
            held.append(os.dup2(s.fileno(), 100 + len(held)))
        for i, fd in enumerate(held):
            os.dup2(fd, 3 + i, inheritable=True)
        if names:
            os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS=str(len(names)), LISTEN_FDNAMES=':'.join(names))
        os.execv(command[0], command)
        """;

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    /// <param name="root">Where its run, config and state directories are.</param>
    /// <param name="names">The names of its sockets, with colons; empty to have it bind its own.</param>
    /// <param name="arguments">Its flags.</param>
    public ActivatedDaemon(string root, string names, params string[] arguments)
        : this(root, names, [], arguments)
    {
    }

    public ActivatedDaemon(string root, string names, string[] prefix, string[] arguments)
    {
        Root = root;
        string[] daemon = ["dotnet", Path.Combine(AppContext.BaseDirectory, "clearanced.dll")];
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", Parent, root, names, "/usr/bin/env", .. prefix, .. daemon, .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["XDG_RUNTIME_DIR"] = root + "/run";
        start.Environment["XDG_CONFIG_HOME"] = root + "/config";
        start.Environment["XDG_STATE_HOME"] = root + "/state";
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _errors.AppendLine(line.Data);
            }
        };
        _process.BeginErrorReadLine();
    }

    public string Root { get; }

    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    /// <summary>One line to the socket of a name, once it is there, and one back.</summary>
    public string Exchange(string name, string method, string parameters = "{}")
    {
        var endPoint = new UnixDomainSocketEndPoint($"{Root}/run/clearance/{name}/clearance.sock");
        var clock = Stopwatch.StartNew();
        while (true)
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.ReceiveTimeout = (int)Deadline.TotalMilliseconds;
            try
            {
                socket.Connect(endPoint);
            }
            catch (SocketException) when (clock.Elapsed < Deadline && !_process.HasExited)
            {
                Thread.Yield();
                continue;
            }

            socket.Send(Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""" + "\n"));
            using var reader = new StreamReader(new NetworkStream(socket));
            return reader.ReadLine() ?? throw new EndOfStreamException($"closed without an answer; it said: {Errors}");
        }
    }

    /// <summary>Waits until it has said something; it answers before it has said that it serves, and before it heeds SIGTERM.</summary>
    public void AwaitError(string text)
    {
        var clock = Stopwatch.StartNew();
        while (!Errors.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(clock.Elapsed < Deadline && !_process.HasExited, $"it did not say '{text}'; it said: {Errors}");
            Thread.Yield();
        }
    }

    /// <summary>Sends a signal; its exit code.</summary>
    public int EndBy(string signal)
    {
        using (var kill = Process.Start("/bin/kill", ["-s", signal, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        return Exit();
    }

    public int Exit()
    {
        Assert.True(_process.WaitForExit(Deadline), "it does not exit; it said: " + Errors);
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
