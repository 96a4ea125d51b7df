using System.Globalization;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Output;

/// <summary>How long ago, and how long yet: one number and one unit.</summary>
internal sealed class Ages(TimeProvider clock)
{
    private readonly long _now = clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <param name="time">RFC 3339, as the protocol writes it.</param>
    public string Since(string time) => Timestamp.TryParse(time, out var then) ? Text(_now - then) : "?";

    /// <summary><c>over</c> when it is past.</summary>
    public string Until(string time) => !Timestamp.TryParse(time, out var then) ? "?" : then <= _now ? "over" : Text(then - _now);

    private static string Text(long milliseconds)
    {
        var seconds = Math.Max(0, milliseconds / 1000);
        var (count, unit) = seconds switch
        {
            < 120 => (seconds, 's'),
            < 120 * 60 => (seconds / 60, 'm'),
            < 48 * 3600 => (seconds / 3600, 'h'),
            _ => (seconds / 86400, 'd'),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
    }
}
