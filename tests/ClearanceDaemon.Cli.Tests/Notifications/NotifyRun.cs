using System.Diagnostics;
using System.Globalization;
using ClearanceDaemon.Cli.Tests.Processes;

namespace ClearanceDaemon.Cli.Tests.Notifications;

/// <summary>A <c>clearance notify</c> that runs on a test's bus against a test's daemon.</summary>
internal sealed class NotifyRun : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    public NotifyRun(SessionBus bus, OperatorDaemon daemon, params ReadOnlySpan<(string Name, string? Value)> variables)
    {
        _process = bus.Start(RealProcess.Program, ["notify"], [("CLEARANCE_OPERATOR_SOCKET", daemon.Path), .. variables]);
        _error = _process.StandardError.ReadToEndAsync();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Ends it in order; returns its exit code and what it complained about.</summary>
    public (int ExitCode, string Error) Stop(string signal = "TERM")
    {
        using var kill = RealProcess.Start("kill", ["-" + signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        Assert.True(_process.WaitForExit(TimeSpan.FromSeconds(30)), "notify did not end");
        return (_process.ExitCode, _error.Result);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }
}
