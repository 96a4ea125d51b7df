using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Tests.Native;

namespace ClearanceDaemon.Tests.Support;

/// <summary>The managed clearanced as a real process, with its log as it comes. Killed when disposed.</summary>
internal sealed class DaemonProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _log = new();

    private DaemonProcess(Home home, IEnumerable<string> command)
    {
        var words = command.ToArray();
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = home.Root,
        };
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in home.Environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_log)
            {
                _log.Append(line.Data is null ? "" : line.Data + "\n");
            }
        };
        _process.BeginErrorReadLine();
    }

    public static string Binary { get; } = Path.Combine(AppContext.BaseDirectory, "clearanced");

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

    public string[] LogLines => Log.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static DaemonProcess Start(Home home, params IEnumerable<string> arguments) => new(home, [Binary, .. arguments]);

    /// <summary>Any program, in the same surroundings: a launcher that ends as the daemon.</summary>
    public static DaemonProcess StartCommand(Home home, params IEnumerable<string> command) => new(home, command);

    /// <summary>Runs to its own end.</summary>
    public static Outcome Run(Home home, params IEnumerable<string> arguments) => RunCommand(home, [Binary, .. arguments]);

    public static Outcome RunCommand(Home home, params IEnumerable<string> command)
    {
        using var daemon = new DaemonProcess(home, command);
        daemon._process.StandardInput.Close();
        var output = daemon._process.StandardOutput.ReadToEndAsync();
        var code = daemon.WaitForExit();
        return new(code, output.GetAwaiter().GetResult(), daemon.Log);
    }

    public string? ReadLine() => _process.StandardOutput.ReadLine();

    public void Signal(int signal) => Assert.Equal(0, LibC.kill(Pid, signal));

    /// <summary>A client of a socket that answers: a listening socket alone may still be without anyone who reads.</summary>
    public LineClient Connect(string path)
    {
        LineClient? client = null;
        Eventually.True(() => HasExited || TryConnect(path, out client), $"{path} takes a connection");
        return client ?? throw new InvalidOperationException("the daemon exited: " + Log);
    }

    /// <summary>The whole reply of one call on a connection of its own.</summary>
    public JsonElement Call(string path, string method, string parameters = "{}")
    {
        using var client = Connect(path);
        using var reply = JsonDocument.Parse(client.Ask($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}"""));
        return reply.RootElement.Clone();
    }

    public JsonElement Result(string path, string method, string parameters = "{}") => Call(path, method, parameters).GetProperty("result");

    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(Eventually.Limit), "the daemon is still running: " + Log);
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

    private static bool IsOurs(string name) =>
        name.StartsWith("CLEARANCE_", StringComparison.Ordinal)
        || name is "XDG_RUNTIME_DIR" or "XDG_CONFIG_HOME" or "XDG_STATE_HOME" or "NOTIFY_SOCKET" or "JOURNAL_STREAM" or "SYSTEMD_EXEC_PID";

    private static bool TryConnect(string path, out LineClient? client)
    {
        try
        {
            client = new(new UnixDomainSocketEndPoint(path.StartsWith('@') ? "\0" + path[1..] : path));
            return true;
        }
        catch (SocketException)
        {
            client = null;
            return false;
        }
    }
}
