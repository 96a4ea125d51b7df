using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using UnixPeers;

namespace ClearanceDaemon.Core.ServiceManager;

/// <summary>
/// The surface of Microsoft.Extensions.Hosting.Systemd, for which this folder stands in, with what it lacks: watchdog,
/// reload with the monotonic time, status.
/// </summary>
public static class SystemdHostExtensions
{
    /// <summary>Tells the service manager about start, stop and reload, and feeds its watchdog.</summary>
    public static IHostBuilder UseSystemd(this IHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureServices(static (_, services) => services.AddSystemd(ServiceEnvironment.Take()));
    }

    /// <summary>The same for a service collection, with what the environment said before it was cleaned.</summary>
    public static IServiceCollection AddSystemd(this IServiceCollection services, ServiceEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        services.AddSingleton(environment);
        services.AddSingleton<ISystemdNotifier>(new SystemdNotifier(environment.NotifySocket));
        return services.AddHostedService<SystemdLifetime>();
    }
}
