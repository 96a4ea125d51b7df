using System.Globalization;
using ClearanceDaemon.Core.Time;

namespace ClearanceDaemon.Core.Tests.Time;

public sealed class BootClockTests
{
    [Fact]
    public void Now_is_the_kernels_uptime_and_goes_forward()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("/proc/uptime is Linux's");
        }

        var before = Uptime();
        var now = BootClock.System.Now;
        var after = Uptime();

        // /proc/uptime shows hundredths of a second.
        var grain = TimeSpan.FromMilliseconds(10);
        Assert.InRange(now, before - grain, after + grain);
        Assert.True(BootClock.System.Now >= now);
    }

    [Fact]
    public void The_boot_has_a_lasting_name()
    {
        Assert.True(Guid.TryParse(BootClock.System.BootId, out _));
        Assert.Same(BootClock.System.BootId, BootClock.System.BootId);
    }

    [Fact]
    public void A_test_can_have_its_own_clock()
    {
        BootClock clock = new Frozen();
        Assert.Equal((TimeSpan.FromHours(1), "boot"), (clock.Now, clock.BootId));
    }

    private static TimeSpan Uptime() =>
        TimeSpan.FromSeconds(double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture));

    private sealed class Frozen : BootClock
    {
        public override TimeSpan Now => TimeSpan.FromHours(1);

        public override string BootId => "boot";
    }
}
