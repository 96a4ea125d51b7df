using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ClearanceDaemon.Core.ServiceManager;

/// <summary>A message for the service manager: assignments, one a line (sd_notify(3)).</summary>
public readonly record struct ServiceState
{
    private readonly string? _text;

    /// <summary>Any message.</summary>
    public ServiceState(string state) => _text = state;

    /// <summary>The service serves, after a start or a reload.</summary>
    public static ServiceState Ready { get; } = new("READY=1");

    /// <summary>The service stops.</summary>
    public static ServiceState Stopping { get; } = new("STOPPING=1");

    /// <summary>The service is alive.</summary>
    public static ServiceState Watchdog { get; } = new("WATCHDOG=1");

    /// <summary>The service begins to reload. systemd ignores a reload without the time, which orders it among its own requests.</summary>
    public static ServiceState Reloading() => new(string.Create(
        CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={(long)(Stopwatch.GetTimestamp() * (1_000_000.0 / Stopwatch.Frequency))}"));

    /// <summary>One line for <c>systemctl status</c>.</summary>
    public static ServiceState Status(string text) => new("STATUS=" + text.ReplaceLineEndings(" "));

    /// <summary>The message's bytes.</summary>
    public byte[] GetData() => Encoding.UTF8.GetBytes(_text ?? "");
}
