using ClearanceDaemon.Core.Time;

namespace ClearanceDaemon.Core.Tests.Grants;

/// <summary>A boot clock that a test moves.</summary>
internal sealed class FakeBoot : BootClock
{
    private TimeSpan _now = TimeSpan.FromHours(1);
    private string _id = "boot-1";

    public override TimeSpan Now => _now;

    public override string BootId => _id;

    public void Pass(TimeSpan time) => _now += time;

    public void Reboot() => (_now, _id) = (TimeSpan.FromSeconds(20), _id + "+");
}
