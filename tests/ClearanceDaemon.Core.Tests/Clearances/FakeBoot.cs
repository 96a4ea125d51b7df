using ClearanceDaemon.Core.Time;

namespace ClearanceDaemon.Core.Tests.Clearances;

/// <summary>A boot-time clock that moves when told.</summary>
internal sealed class FakeBoot : BootClock
{
    public TimeSpan Time { get; set; } = TimeSpan.FromHours(1);

    public override TimeSpan Now => Time;

    public override string BootId => "boot";
}
