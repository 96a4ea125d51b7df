using System.Diagnostics;
using System.Globalization;
using System.Text;
using ClearanceDaemon.Cli.Tests.Processes;

namespace ClearanceDaemon.Cli.Tests.Notifications;

/// <summary>A <c>clearance notify</c> that runs on a test's bus against a test's daemon.</summary>
internal sealed class NotifyRun : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _error = new();

    public NotifyRun(SessionBus bus, OperatorDaemon daemon, params ReadOnlySpan<(string Name, string? Value)> variables)
    {
        _process = bus.Start(RealProcess.Program, ["notify"], [("CLEARANCE_OPERATOR_SOCKET", daemon.Path), .. variables]);
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_error)
            {
                _error.Append(line.Data is { } text ? text + "\n" : "");
            }
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>What it complained about so far.</summary>
    public string Error
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

    /// <summary>How many notices it holds open, each of which is a process.</summary>
    public int Children => Directory.GetDirectories($"/proc/{_process.Id}/task")
        .Sum(static task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);

    public bool HasExited => _process.HasExited;

    /// <summary>Ends it in order; returns its exit code and what it complained about.</summary>
    public (int ExitCode, string Error) Stop(string signal = "TERM")
    {
        using var kill = RealProcess.Start("kill", ["-" + signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        Assert.True(_process.WaitForExit(TimeSpan.FromSeconds(30)), "notify did not end");
        _process.WaitForExit();
        return (_process.ExitCode, Error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
    }
}
