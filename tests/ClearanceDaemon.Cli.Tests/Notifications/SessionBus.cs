using System.Diagnostics;
using ClearanceDaemon.Cli.Tests.Processes;

namespace ClearanceDaemon.Cli.Tests.Notifications;

/// <summary>A session bus of its own, on which nothing is started by itself, and the programs of a test that live on it.</summary>
internal sealed class SessionBus : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private readonly List<Process> _processes = [];

    public SessionBus()
    {
        Require("dbus-daemon", "notify-send", "busctl");
        var configuration = Directory.Combine("bus.conf");
        File.WriteAllText(configuration, $"""
            <busconfig>
              <type>session</type>
              <listen>unix:path={Directory.Combine("bus")}</listen>
              <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
            </busconfig>
            """);
        var bus = Start("dbus-daemon", ["--nofork", "--print-address", "--config-file=" + configuration]);
        Address = bus.StandardOutput.ReadLine() ?? throw new InvalidOperationException(bus.StandardError.ReadToEnd());
    }

    public TempDirectory Directory { get; } = new();

    public string Address { get; }

    public static void Require(params ReadOnlySpan<string> tools)
    {
        foreach (var tool in tools)
        {
            Assert.SkipWhen(SearchPath.Find(tool, Environment.GetEnvironmentVariable("PATH")) is null, $"{tool} is not installed");
        }
    }

    /// <summary>Waits for a condition; nothing here takes this long.</summary>
    public static void Until(Func<bool> condition, Func<string> what) => Assert.True(SpinWait.SpinUntil(condition, Deadline), what());

    /// <summary>Ended with the bus at the latest.</summary>
    public Process Start(string program, string[] args, params ReadOnlySpan<(string Name, string? Value)> variables)
    {
        var process = RealProcess.Start(program, args, [("DBUS_SESSION_BUS_ADDRESS", Address), .. variables]);
        _processes.Add(process);
        return process;
    }

    public Outcome Run(string program, params string[] args) => RealProcess.Run(program, args, ("DBUS_SESSION_BUS_ADDRESS", Address));

    /// <summary>Whether anyone serves notifications.</summary>
    public bool IsServed() => Run("busctl", "--user", "--no-pager", "--acquired", "list").Out.Contains("org.freedesktop.Notifications", StringComparison.Ordinal);

    public void Dispose()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            if (!process.HasExited)
            {
                process.Kill();
                process.WaitForExit();
            }

            process.Dispose();
        }

        Directory.Dispose();
    }
}
