using System.Diagnostics;
using System.Text.Json;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary>A program on a pseudo-terminal of its own, which a few lines of python open; its screen, its keys and its end. Kills it when disposed.</summary>
internal class PtyProcess : IDisposable
{
    /// <summary>Milliseconds between two tries of a key that may be guarded: longer than any guard.</summary>
    private const int KeyPause = 700;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Relays bytes; commands come as JSON lines. At the end, or when the program is stopped, it says whether the terminal's modes are as before.</summary>
    private const string Relay = """
        import fcntl, json, os, select, signal, struct, sys, termios
        def resize(rows, columns): fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        def tell(**what):
            print(json.dumps(dict(what, restored=termios.tcgetattr(slave) == before)), file=sys.stderr, flush=True)
        master, slave = os.openpty()
        resize(int(sys.argv[1]), int(sys.argv[2]))
        before = termios.tcgetattr(slave)
        os.write(master, sys.argv[3].encode())
        known, name = os.pipe()
        def become(program):
            for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTOU): signal.signal(number, signal.SIG_DFL)
            os.execv(program, sys.argv[5:])
        shell = os.fork()
        if shell == 0:
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            for fd in (0, 1, 2): os.dup2(slave, fd)
            os.close(master)
            if sys.argv[4] == "alone":
                os.write(name, b"%d\n" % os.getpid())
                become(sys.argv[5])
            signal.signal(signal.SIGTTOU, signal.SIG_IGN)
            job = os.fork()
            if job == 0:
                os.setpgid(0, 0)
                os.tcsetpgrp(0, os.getpid())
                os.write(name, b"%d\n" % os.getpid())
                become(sys.argv[5])
            os._exit(os.waitstatus_to_exitcode(os.waitpid(job, 0)[1]) & 255)
        child = int(os.read(known, 20))
        was_stopped = False
        def is_stopped():
            try: return open("/proc/%d/stat" % child).read().rpartition(")")[2].split()[0] == "T"
            except OSError: return False
        def drain(wait):
            while select.select([master], [], [], wait)[0]: os.write(1, os.read(master, 65536))
        watched = [master, 0]
        rest = b""
        while True:
            ready, _, _ = select.select(watched, [], [], 0.02)
            if master in ready: os.write(1, os.read(master, 65536))
            if 0 in ready:
                data = os.read(0, 65536)
                if not data: watched = [master]
                *lines, rest = (rest + data).split(b"\n")
                for line in lines:
                    command = json.loads(line)
                    if "keys" in command: os.write(master, command["keys"].encode())
                    if "size" in command: resize(*command["size"])
                    if "signal" in command: os.kill(child, command["signal"])
            stopped = is_stopped()
            if stopped and not was_stopped: tell(stopped=True)
            was_stopped = stopped
            ended, status = os.waitpid(shell, os.WNOHANG)
            if ended:
                drain(0)
                tell(exit=os.waitstatus_to_exitcode(status))
                break
        """;

    private readonly Process _process;
    private readonly Thread _reader;
    private readonly List<string> _told = [];

    // A monitor, since those who wait are woken by what comes in.
    private readonly object _lock = new();

    /// <param name="relay">A process just started with the words of <see cref="Command"/>, its three streams redirected; taken over.</param>
    public PtyProcess(Process relay)
    {
        _process = relay;
        _reader = new Thread(ReadOutput) { IsBackground = true };
        _reader.Start();
        new Thread(ReadTold) { IsBackground = true }.Start();
    }

    public TestScreen Screen { get; } = new();

    /// <summary>The command that runs a program on a pseudo-terminal, in a session of its own.</summary>
    public static string[] Command(int columns, int rows, string typedAhead, bool hasShell, params IEnumerable<string> program) =>
        ["/usr/bin/python3", "-c", Relay, $"{rows}", $"{columns}", typedAhead, hasShell ? "shell" : "alone", .. program];

    /// <summary>Waits until the screen has all of these texts.</summary>
    public void See(params string[] texts) => Until(() => texts.All(Screen.ToString().Contains), $"never on screen: {string.Join(", ", texts)}");

    public void Until(Func<bool> holds, string complaint, bool mayHaveEnded = false)
    {
        var end = Stopwatch.GetTimestamp() + (long)(Deadline.TotalSeconds * Stopwatch.Frequency);
        while (true)
        {
            lock (_lock)
            {
                if (holds())
                {
                    return;
                }

                Assert.True(Stopwatch.GetTimestamp() < end && (mayHaveEnded || !_process.HasExited), $"{complaint}\n{Screen}\n{string.Join('\n', _told)}");

                // What is waited for may also be at the daemon's end.
                Monitor.Wait(_lock, 20);
            }
        }
    }

    public void Press(string keys) => Tell($$"""{"keys":{{JsonSerializer.Serialize(keys)}}}""");

    /// <summary>A key that may be guarded at first: pressed again, with a pause longer than the guard, until it counts.</summary>
    public void PressUntil(string key, Func<bool> holds)
    {
        var next = 0L;
        Until(
            () =>
            {
                if (Environment.TickCount64 >= next)
                {
                    Press(key);
                    next = Environment.TickCount64 + KeyPause;
                }

                return holds();
            },
            $"{key} had no effect");
    }

    public void Resize(int columns, int rows) => Tell($$"""{"size":[{{rows}},{{columns}}]}""");

    public void Signal(int number) => Tell($$"""{"signal":{{number}}}""");

    /// <summary>Waits for the next thing the relay tells.</summary>
    public JsonElement Told()
    {
        var end = Stopwatch.GetTimestamp() + (long)(Deadline.TotalSeconds * Stopwatch.Frequency);
        while (true)
        {
            lock (_lock)
            {
                if (_told.Count > 0)
                {
                    var line = _told[0];
                    _told.RemoveAt(0);
                    return JsonDocument.Parse(line).RootElement;
                }

                Assert.True(Stopwatch.GetTimestamp() < end, $"the program neither ended nor stopped\n{Screen}");

                // What is waited for may also be at the daemon's end.
                Monitor.Wait(_lock, 20);
            }
        }
    }

    /// <summary>The exit code; the terminal must be as it was, and have got nothing but known sequences.</summary>
    public int End()
    {
        var told = Told();
        Assert.True(_process.WaitForExit(Deadline) && _reader.Join(Deadline), "the relay did not end");
        Assert.True(told.GetProperty("restored").GetBoolean(), "the terminal's modes were not given back");
        Assert.Empty(Screen.Faults);
        Assert.Equal(["?25", "?7"], Screen.Modes.Order());
        return told.GetProperty("exit").GetInt32();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Tell(string json)
    {
        _process.StandardInput.WriteLine(json);
        _process.StandardInput.Flush();
    }

    private void ReadOutput()
    {
        var buffer = new byte[65536];
        var stream = _process.StandardOutput.BaseStream;
        while (stream.Read(buffer) is > 0 and var count)
        {
            lock (_lock)
            {
                Screen.Feed(buffer.AsSpan(0, count));
                Monitor.PulseAll(_lock);
            }
        }
    }

    private void ReadTold()
    {
        while (_process.StandardError.ReadLine() is { } line)
        {
            lock (_lock)
            {
                _told.Add(line);
                Monitor.PulseAll(_lock);
            }
        }
    }
}
