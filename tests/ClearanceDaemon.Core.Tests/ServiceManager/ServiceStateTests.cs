using System.Diagnostics;
using System.Globalization;
using System.Text;
using ClearanceDaemon.Core.ServiceManager;

namespace ClearanceDaemon.Core.Tests.ServiceManager;

public sealed class ServiceStateTests
{
    [Fact]
    public void The_texts_are_those_of_the_protocol()
    {
        Assert.Equal("READY=1", Text(ServiceState.Ready));
        Assert.Equal("STOPPING=1", Text(ServiceState.Stopping));
        Assert.Equal("WATCHDOG=1", Text(ServiceState.Watchdog));
        Assert.Equal("MAINPID=5", Text(new("MAINPID=5")));
        Assert.Equal("", Text(default));
    }

    [Fact]
    public void B43_a_reload_carries_the_monotonic_time_in_the_same_message()
    {
        var before = Microseconds();
        var lines = Text(ServiceState.Reloading()).Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Equal("RELOADING=1", lines[0]);
        Assert.StartsWith("MONOTONIC_USEC=", lines[1], StringComparison.Ordinal);
        Assert.InRange(long.Parse(lines[1]["MONOTONIC_USEC=".Length..], CultureInfo.InvariantCulture), before, Microseconds());
    }

    [Theory]
    [InlineData("serving 3 sockets", "serving 3 sockets")]
    [InlineData("one\nREADY=1", "one READY=1")]
    [InlineData("one\r\nREADY=1\rx", "one READY=1 x")]
    [InlineData("é", "é")]
    public void A_status_is_one_line(string text, string expected) => Assert.Equal("STATUS=" + expected, Text(ServiceState.Status(text)));

    private static string Text(ServiceState state) => Encoding.UTF8.GetString(state.GetData());

    // The clock systemd compares with, read another way than the code under test does.
    private static long Microseconds() => (long)Stopwatch.GetElapsedTime(0).TotalMicroseconds;
}
