using UnixPeers.Tests.Native;

namespace UnixPeers.Tests.Inherited;

/// <summary>What the service manager says about notification and watchdog.</summary>
public sealed class ServiceEnvironmentTests
{
    [Fact]
    public void B40_values_are_taken_and_removed()
    {
        FakeEnvironment environment = new(
            ("NOTIFY_SOCKET", "/run/n"), ("WATCHDOG_USEC", "3000000"), ("WATCHDOG_PID", "7"), ("WATCHDOG_X", "y"),
            ("HOME", "/h"), ("LISTEN_FDS", "1"));
        Assert.Equal(new ServiceEnvironment("/run/n", "3000000", "7"), ServiceEnvironment.Take(environment));
        Assert.Equal(["HOME", "LISTEN_FDS"], environment.Names);
        Assert.Equal(new ServiceEnvironment(null, null, null), ServiceEnvironment.Take(environment));
    }

    [Theory]
    [InlineData("3000000", null, 3000.0)]
    [InlineData("3000000", "7", 3000.0)]
    [InlineData("1", "7", 0.001)]
    [InlineData("3000000", "8", null)]
    [InlineData("3000000", "", null)]
    [InlineData("0", null, null)]
    [InlineData("-1", null, null)]
    [InlineData("", null, null)]
    [InlineData("soon", null, null)]
    [InlineData("18446744073709551615", null, null)]
    [InlineData(null, null, null)]
    public void The_watchdog_is_ours_or_none(string? microseconds, string? pid, double? milliseconds)
    {
        TimeSpan? timeout = new ServiceEnvironment(null, microseconds, pid).WatchdogTimeoutFor(7);
        Assert.Equal(milliseconds, timeout?.TotalMilliseconds);
    }

    [Fact]
    public void The_longest_watchdog_fits()
    {
        long limit = TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond;
        Assert.Equal(limit, new ServiceEnvironment(null, $"{limit}", null).WatchdogTimeout?.Ticks / TimeSpan.TicksPerMicrosecond);
        Assert.Null(new ServiceEnvironment(null, $"{limit + 1}", null).WatchdogTimeout);
    }

    [Fact]
    public void B40_a_variable_is_removed_from_the_C_library_too()
    {
        string name = "UNIXPEERS_TEST_" + Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable(name, "managed");
        Assert.Equal(0, TestLibC.setenv(name, "native", 1));
        ProcessEnvironment environment = new();
        Assert.Contains(name, environment.Names);
        Assert.Equal("managed", environment.Get(name));

        environment.Remove(name);
        Assert.Null(environment.Get(name));
        Assert.Equal(0, TestLibC.getenv(name));
    }
}
