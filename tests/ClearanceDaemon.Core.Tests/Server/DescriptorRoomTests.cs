namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>Limits on connections against the limit on descriptors, a quarter of which is kept for pinned processes.</summary>
public sealed class DescriptorRoomTests
{
    private static readonly ClearanceOptions Defaults = new();

    [Fact]
    public void Where_there_is_room_nothing_changes()
    {
        const ulong enough = 22_252;
        Assert.Same(Defaults, Defaults.Within(enough));
        Assert.Same(Defaults, Defaults.Within(ulong.MaxValue));
        Assert.Equal(Defaults.MaxConnections - 2, Defaults.Within(enough - 1).MaxConnections);
    }

    [Theory]
    [InlineData(1024, 464, 348, 256)]
    [InlineData(4096, 2768, 2076, 256)]
    [InlineData(256, 16, 12, 128)]
    [InlineData(0, 16, 12, 16)]
    public void A_low_limit_lowers_askers_first(ulong descriptors, int askers, int perProcess, int operators)
    {
        var lowered = Defaults.Within(descriptors);
        Assert.Equal((askers, perProcess, operators), (lowered.MaxConnections, lowered.MaxConnectionsPerProcess, lowered.MaxOperatorConnections));
        Assert.Equal(Defaults.MaxInFlight, lowered.MaxInFlight);
    }

    [Fact]
    public void What_was_set_lower_stays()
    {
        var set = Defaults with { MaxConnections = 10, MaxConnectionsPerProcess = 3, MaxOperatorConnections = 2 };
        Assert.Same(set, set.Within(1024));
        Assert.Equal(3, (set with { MaxConnections = 9999 }).Within(1024).MaxConnectionsPerProcess);
    }
}
