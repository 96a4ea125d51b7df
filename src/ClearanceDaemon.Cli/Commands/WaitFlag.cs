using System.CommandLine;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>The flag <c>--wait</c>, for every verb that asks.</summary>
internal sealed class WaitFlag
{
    private readonly Option<string?> _option = new("--wait")
    {
        Description = "how long to wait for a person, such as 90s or 5m; 0s asks rules alone (default 60s)",
        HelpName = "D",
    };

    public Option Option => _option;

    /// <summary>As it was written; null when it is not there.</summary>
    public string? Text(ParseResult parsed) => Given(parsed) is null ? null : parsed.GetValue(_option);

    /// <summary>How long that is; the daemon's default when it is not there.</summary>
    public TimeSpan Value(ParseResult parsed) => Given(parsed) ?? Asking.DefaultWait;

    private TimeSpan? Given(ParseResult parsed)
    {
        if (parsed.GetValue(_option) is not { } text)
        {
            return null;
        }

        return Duration.TryParse(text, out var wait)
            ? wait
            : throw new UsageException($"--wait {text}: not a duration. Write a whole number and ms, s, m, h or d, such as 90s, at most {ProtocolLimits.DurationDays}d.");
    }
}
