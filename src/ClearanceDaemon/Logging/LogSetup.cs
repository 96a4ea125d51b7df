using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace ClearanceDaemon.Logging;

/// <summary>Where the log goes: stderr, in the journal's own form when that is what stderr is.</summary>
internal static class LogSetup
{
    public static Logger Create(string level, bool forJournal) => new LoggerConfiguration()
        .MinimumLevel.Is(Level(level))
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("Microsoft.Extensions.Hosting", LogEventLevel.Fatal) // what it logs, with a trace, it also throws; Program tells it once
        .WriteTo.Console(new LogLines(forJournal), standardErrorFromLevel: LogEventLevel.Verbose)
        .CreateLogger();

    private static LogEventLevel Level(string level) => level switch
    {
        "trace" => LogEventLevel.Verbose,
        "debug" => LogEventLevel.Debug,
        "warning" => LogEventLevel.Warning,
        "error" => LogEventLevel.Error,
        _ => LogEventLevel.Information,
    };
}
