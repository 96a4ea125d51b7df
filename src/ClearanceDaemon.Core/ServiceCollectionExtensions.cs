using System.Diagnostics.CodeAnalysis;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.ServiceManager;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClearanceDaemon.Core;

/// <summary>How a host takes in the daemon and handlers of its own.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Adds the clearance server with its built-in methods and every handler added to the same services.</summary>
    public static IServiceCollection AddClearanceDaemon(this IServiceCollection services, ClearanceSetup setup, ClearanceOptions options)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(provider => new ClearanceServer(
            new ServerParts(setup, options, provider.GetRequiredService<ILoggerFactory>()), provider.GetServices<IRequestHandler>()));
        return services.AddHostedServer();
    }

    /// <summary>Adds the handler of one more method. Two handlers of one method are refused when the host starts.</summary>
    public static IServiceCollection AddRequestHandler<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        this IServiceCollection services)
        where THandler : class, IRequestHandler => services.AddSingleton<IRequestHandler, THandler>();

    /// <summary>Takes in a server that serves already; it stays the caller's to dispose.</summary>
    internal static IServiceCollection AddClearanceDaemon(this IServiceCollection services, ClearanceServer server) =>
        services.AddSingleton(server).AddHostedServer();

    private static IServiceCollection AddHostedServer(this IServiceCollection services)
    {
        services.AddSingleton<IManagedService>(static provider => provider.GetRequiredService<ClearanceServer>());
        return services.AddHostedService<ClearanceService>();
    }
}
