using System.Diagnostics;
using ClearanceDaemon.Core.ServiceManager;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using UnixPeers;

namespace ClearanceDaemon.Core.Tests.ServiceManager;

/// <summary>What a service manager hears of a host that was built with our systemd integration.</summary>
public sealed class SystemdLifetimeTests
{
    [Fact]
    public async Task Start_and_stop_are_told_in_order()
    {
        using var manager = new ManagerSocket();
        using var host = Build(manager.Address, new FakeService());
        await host.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal("READY=1", manager.Next());
        Assert.Equal("STATUS=all well", manager.Next());
        Assert.True(manager.IsEmpty);
        await host.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal("STOPPING=1", manager.Next());
        Assert.True(manager.IsEmpty);
    }

    [Fact]
    public async Task The_watchdog_hears_of_the_services_turns_and_of_nothing_else()
    {
        using var manager = new ManagerSocket();
        var service = new FakeService();
        using var host = Build(manager.Address, service, watchdogUsec: "3000000");
        await host.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("READY=1", "STATUS=all well"), (manager.Next(), manager.Next()));
        Assert.Equal(TimeSpan.FromSeconds(1), service.Period);
        Assert.True(manager.IsEmpty);
        service.Turn();
        Assert.Equal("WATCHDOG=1", manager.Next());
        Assert.True(manager.IsEmpty);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("3000000", "1")]
    [InlineData("0", null)]
    public async Task Without_a_watchdog_of_ours_none_is_fed(string? usec, string? pid)
    {
        using var manager = new ManagerSocket();
        var service = new FakeService();
        using var host = Build(manager.Address, service, usec, pid);
        await host.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("READY=1", "STATUS=all well"), (manager.Next(), manager.Next()));
        Assert.Null(service.Period);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Without_a_manager_nothing_is_fed_and_all_goes_on()
    {
        var service = new FakeService();
        using var host = Build(null, service, watchdogUsec: "3000000");
        await host.StartAsync(TestContext.Current.CancellationToken);
        Assert.Null(service.Period);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task B43_a_reload_is_told_with_its_time_and_its_end_even_when_it_fails(bool fails)
    {
        using var manager = new ManagerSocket();
        var service = new FakeService();
        using var host = Build(manager.Address, service);
        await host.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("READY=1", "STATUS=all well"), (manager.Next(), manager.Next()));
        var reload = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        service.Reload = () => reload.Task;
        using (var kill = Process.Start("/bin/sh", ["-c", $"kill -HUP {Environment.ProcessId}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Matches("^RELOADING=1\nMONOTONIC_USEC=[1-9][0-9]*$", manager.Next());
        Assert.True(manager.IsEmpty, "it is ready when the reload is over");
        service.Status = "other rules";
        Assert.True(fails ? reload.TrySetException(new IOException("no rules")) : reload.TrySetResult());
        Assert.Equal("READY=1", manager.Next());
        Assert.Equal("STATUS=other rules", manager.Next());
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task UseSystemd_takes_what_it_needs_from_the_environment_and_leaves_nothing_to_children()
    {
        using var manager = new ManagerSocket();
        var service = new FakeService();
        Environment.SetEnvironmentVariable("NOTIFY_SOCKET", manager.Address);
        Environment.SetEnvironmentVariable("WATCHDOG_USEC", "600000");
        using var host = new HostBuilder().ConfigureServices(services => services.AddSingleton<IManagedService>(service)).UseSystemd().Build();
        Assert.Null(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"));
        Assert.Null(Environment.GetEnvironmentVariable("WATCHDOG_USEC"));
        Assert.True(host.Services.GetRequiredService<ISystemdNotifier>().IsEnabled);
        await host.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("READY=1", "STATUS=all well"), (manager.Next(), manager.Next()));
        Assert.Equal(TimeSpan.FromMilliseconds(200), service.Period);
        await host.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal("STOPPING=1", manager.Next());
    }

    private static IHost Build(string? address, FakeService service, string? watchdogUsec = null, string? watchdogPid = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { DisableDefaults = true });
        builder.Services.AddSingleton<IManagedService>(service);
        builder.Services.AddSystemd(new ServiceEnvironment(address, watchdogUsec, watchdogPid));
        return builder.Build();
    }
}
