using System.Globalization;
using System.Text;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Parsing;

namespace ClearanceDaemon.Logging;

/// <summary>
/// One line an event. For the journal: a priority in front (sd-daemon(3)) and no time, which it adds itself. Line ends in
/// a message are escaped, so that no text of an asker can begin a line of its own.
/// </summary>
internal sealed class LogLines(bool forJournal) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        var text = OneLine(Render(logEvent));
        if (forJournal)
        {
            output.Write($"<{Priority(logEvent.Level)}>{text}");
        }
        else
        {
            output.Write($"{logEvent.Timestamp.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)} {Word(logEvent.Level)} {text}");
        }

        if (logEvent.Exception is not null)
        {
            output.Write(": " + OneLine(logEvent.Exception.ToString()));
        }

        output.Write('\n');
    }

    /// <summary>The text with its control characters (C0, DEL, C1) escaped.</summary>
    public static string OneLine(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var line = new StringBuilder();
        foreach (var c in text)
        {
            line.Append(Escape(c));
        }

        return line.ToString();
    }

    // Serilog's own rendering puts quotes around every text.
    private static string Render(LogEvent logEvent)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        foreach (var token in logEvent.MessageTemplate.Tokens)
        {
            if (token is PropertyToken property && logEvent.Properties.GetValueOrDefault(property.PropertyName) is ScalarValue { Value: string value })
            {
                text.Write(value);
            }
            else
            {
                token.Render(logEvent.Properties, text, CultureInfo.InvariantCulture);
            }
        }

        return text.ToString();
    }

    private static string Escape(char c) => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString();

    private static int Priority(LogEventLevel level) => level switch
    {
        LogEventLevel.Fatal => 2,
        LogEventLevel.Error => 3,
        LogEventLevel.Warning => 4,
        LogEventLevel.Information => 6,
        _ => 7,
    };

    private static string Word(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose => "trace",
        LogEventLevel.Information => "info",
        LogEventLevel.Fatal => "critical",
        _ => level.ToString().ToLowerInvariant(),
    };
}
