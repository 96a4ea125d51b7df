using ClearanceDaemon.Core.ServiceManager;

namespace ClearanceDaemon.Core.Tests.ServiceManager;

/// <summary>Messages to real datagram sockets, and to those that are not there.</summary>
public sealed class SystemdNotifierTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_message_is_a_datagram_of_its_own(bool isAbstract)
    {
        using var manager = new ManagerSocket(isAbstract);
        using var notifier = new SystemdNotifier(manager.Address);
        Assert.True(notifier.IsEnabled);
        notifier.Notify(ServiceState.Ready);
        notifier.Notify(ServiceState.Status("all well"));
        Assert.Equal("READY=1", manager.Next());
        Assert.Equal("STATUS=all well", manager.Next());
        Assert.True(manager.IsEmpty);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("@")]
    [InlineData("relative/path")]
    [InlineData("vsock:2:1234")]
    [InlineData("/nowhere/at/all")]
    [InlineData("@nobody-listens-here")]
    public void No_manager_is_no_error(string? address) => AssertSilent(address);

    [Theory]
    [InlineData('/')]
    [InlineData('@')]
    public void An_address_that_no_socket_can_have_is_no_error(char kind) => AssertSilent(kind + new string('x', 200));

    [Fact]
    public void A_manager_that_goes_away_is_no_error()
    {
        var manager = new ManagerSocket();
        using var notifier = new SystemdNotifier(manager.Address);
        manager.Dispose();
        notifier.Notify(ServiceState.Watchdog);
        notifier.Notify(ServiceState.Watchdog);
    }

    private static void AssertSilent(string? address)
    {
        using var notifier = new SystemdNotifier(address);
        Assert.False(notifier.IsEnabled);
        notifier.Notify(ServiceState.Ready);
    }
}
