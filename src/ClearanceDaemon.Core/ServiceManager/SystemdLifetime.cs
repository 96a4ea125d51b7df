using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using UnixPeers;

namespace ClearanceDaemon.Core.ServiceManager;

/// <summary>Says READY, STOPPING and RELOADING at the right moments, reloads on SIGHUP, and feeds the watchdog while the service's loop turns.</summary>
internal sealed class SystemdLifetime(
    ISystemdNotifier notifier, ServiceEnvironment environment, IManagedService service, IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    private PosixSignalRegistration? _hangup;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnHangup);
        lifetime.ApplicationStarted.Register(OnStarted);
        lifetime.ApplicationStopping.Register(() => notifier.Notify(ServiceState.Stopping));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _hangup?.Dispose();

    private void OnStarted()
    {
        notifier.Notify(ServiceState.Ready);
        notifier.Notify(ServiceState.Status(service.Status));
        if (notifier.IsEnabled && environment.WatchdogTimeout is { } timeout)
        {
            // A third of the time leaves room for a slow turn and a lost message.
            service.EveryWhileAlive(timeout / 3, () => notifier.Notify(ServiceState.Watchdog));
        }
    }

    private void OnHangup(PosixSignalContext context)
    {
        context.Cancel = true;
        _ = ReloadAsync();
    }

    private async Task ReloadAsync()
    {
        notifier.Notify(ServiceState.Reloading());
        try
        {
            await service.ReloadAsync();
        }
        finally
        {
            // Failed or not, it is over, and what was in force before still is: the manager would wait for ever.
            notifier.Notify(ServiceState.Ready);
            notifier.Notify(ServiceState.Status(service.Status));
        }
    }
}
