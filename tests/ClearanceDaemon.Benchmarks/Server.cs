using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace ClearanceDaemon.Benchmarks;

/// <summary>A running server with its workspace; both are owned, and gone when disposed.</summary>
internal sealed class Server : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Longer than the daemon waits before it gives back what its start used.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2.5);

    private const int LogTail = 2000;

    private readonly Process _process;
    private readonly Workspace _workspace;

    private Server(string name, bool isLimit, Process process, Workspace workspace)
    {
        Name = name;
        IsLimit = isLimit;
        _process = process;
        _workspace = workspace;
    }

    public string Name { get; }
    public bool IsLimit { get; }
    public int Pid => _process.Id;
    public Workspace Workspace => _workspace;
    public string Socket => IsLimit ? _workspace.LimitSocket : _workspace.AskSocket;

    public static Server StartLimit(NativeTools tools) => Start("limit", tools.Limit, isLimit: true, rules: 0);

    public static Server Start(Subject subject, int rules) => Start(subject.Name, subject.Daemon, subject.IsLimit, rules);

    public MemoryUse Memory() => MemoryUse.Of(Pid);

    /// <summary>Whether it still runs, and the end of its log: for the message when something failed.</summary>
    public string Condition()
    {
        var log = File.Exists(_workspace.Log) ? File.ReadAllText(_workspace.Log) : "";
        var state = _process.HasExited ? $"it ended with {_process.ExitCode}" : "it still runs";
        return $"{state}; its log ends: {(log.Length > LogTail ? log[^LogTail..] : log)}";
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _workspace.Dispose();
    }

    private static Server Start(string name, string program, bool isLimit, int rules)
    {
        var workspace = new Workspace(rules);
        // Through sh: its output goes to a file, and no reading thread of ours wakes up while something is measured.
        var start = new ProcessStartInfo("sh", ["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1", "sh", workspace.Log, program]);
        if (isLimit)
        {
            start.ArgumentList.Add(workspace.LimitSocket);
        }

        Workspace.Apply(start, workspace.Variables);
        var server = new Server(name, isLimit, Process.Start(start)!, workspace);
        try
        {
            server.AwaitAnswer(Question.Ping);
            server.AwaitAnswer(Question.Ask);
            server.AwaitRest();
            return server;
        }
        catch (BenchmarkException)
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>A start goes on behind the first answers: rules are watched, memory is given back. That is no request's cost.</summary>
    private void AwaitRest()
    {
        var deadline = Stopwatch.GetTimestamp();
        var (used, since) = (_process.TotalProcessorTime, Stopwatch.GetTimestamp());
        while (!IsLimit && Stopwatch.GetElapsedTime(since) < Rest && Stopwatch.GetElapsedTime(deadline) < Patience)
        {
            Thread.Sleep(100);
            _process.Refresh();
            if (_process.TotalProcessorTime != used)
            {
                (used, since) = (_process.TotalProcessorTime, Stopwatch.GetTimestamp());
            }
        }
    }

    private void AwaitAnswer(Question question)
    {
        var deadline = Stopwatch.GetTimestamp();
        var answer = "";
        while (Stopwatch.GetElapsedTime(deadline) < Patience && !_process.HasExited)
        {
            answer = Exchange(question) ?? answer;
            if (answer.Contains(IsLimit ? Question.LimitAnswer : question.Expected, StringComparison.Ordinal))
            {
                return;
            }

            Thread.Sleep(20);
        }

        throw new BenchmarkException($"{Name} does not answer as it should ({question.Name}: {answer}); {Condition()}");
    }

    private string? Exchange(Question question)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 5000 };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(Socket));
            socket.Send(Encoding.UTF8.GetBytes(question.Line.Replace("########", "10000000", StringComparison.Ordinal) + "\n"));
            var buffer = new byte[4096];
            return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
