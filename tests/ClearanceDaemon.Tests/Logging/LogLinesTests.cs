using ClearanceDaemon.Logging;
using Serilog.Events;
using Serilog.Parsing;

namespace ClearanceDaemon.Tests.Logging;

/// <summary>One line an event, whatever the event holds.</summary>
public sealed class LogLinesTests
{
    [Theory]
    [InlineData(LogEventLevel.Fatal, "<2>", "critical")]
    [InlineData(LogEventLevel.Error, "<3>", "error")]
    [InlineData(LogEventLevel.Warning, "<4>", "warning")]
    [InlineData(LogEventLevel.Information, "<6>", "info")]
    [InlineData(LogEventLevel.Debug, "<7>", "debug")]
    [InlineData(LogEventLevel.Verbose, "<7>", "trace")]
    public void The_journal_gets_priorities_and_people_get_time_and_words(LogEventLevel level, string priority, string word)
    {
        Assert.Equal($"{priority}hello\n", Format("hello", level: level, forJournal: true));
        Assert.Equal($"2026-11-20 23:59:58.007 {word} hello\n", Format("hello", level: level));
    }

    [Fact]
    public void Texts_stand_without_quotes_and_numbers_as_they_are() =>
        Assert.Equal("<6>4 of \"them\" at /a\n", Format("{Count} of {Who} at {Path}", true, ("Count", 4), ("Who", "\"them\""), ("Path", "/a")));

    [Theory]
    [InlineData("two\nlines", "two\\u000alines")]
    [InlineData("cr\rlf", "cr\\u000dlf")]
    [InlineData("\u001b[31mred", "\\u001b[31mred")]
    [InlineData("nul\0", "nul\\u0000")]
    [InlineData("del\u007f", "del\\u007f")]
    [InlineData("csi\u009b31m", "csi\\u009b31m")]
    [InlineData("nel\u0085<0>", "nel\\u0085<0>")]
    [InlineData("plain é 漢", "plain é 漢")]
    public void B45_no_control_character_gets_through(string text, string expected)
    {
        Assert.Equal($"<6>{expected}!\n", Format("{Text}!", true, ("Text", text)));
        Assert.EndsWith($" info {expected}!\n", Format("{Text}!", false, ("Text", text)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_stays_on_the_line_of_its_event()
    {
        var line = Format("it failed", exception: Thrown(), forJournal: true);
        Assert.StartsWith("<6>it failed: System.IO.IOException: line one\\u000aline two", line, StringComparison.Ordinal);
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_property_shows_its_name() => Assert.Equal("<6>{Nobody}\n", Format("{Nobody}", true));

    private static IOException Thrown()
    {
        try
        {
            throw new IOException("line one\nline two");
        }
        catch (IOException e)
        {
            return e;
        }
    }

    private static string Format(string template, bool forJournal, params (string Name, object Value)[] properties) =>
        Format(template, null, LogEventLevel.Information, forJournal, properties);

    private static string Format(
        string template, Exception? exception = null, LogEventLevel level = LogEventLevel.Information, bool forJournal = false, params (string Name, object Value)[] properties)
    {
        using var output = new StringWriter();
        var time = new DateTimeOffset(2026, 11, 20, 23, 59, 58, 7, TimeSpan.Zero);
        var all = properties.Select(static property => new LogEventProperty(property.Name, new ScalarValue(property.Value)));
        new LogLines(forJournal).Format(new(time, level, exception, new MessageTemplateParser().Parse(template), all), output);
        return output.ToString();
    }
}
