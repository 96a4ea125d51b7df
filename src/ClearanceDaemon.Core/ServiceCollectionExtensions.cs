using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Handlers;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Core.ServiceManager;
using ClearanceDaemon.Core.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClearanceDaemon.Core;

/// <summary>How a host takes in the daemon and handlers of its own.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Adds the clearance server and its built-in methods.</summary>
    public static IServiceCollection AddClearanceDaemon(this IServiceCollection services, ClearanceSetup setup, ClearanceOptions options)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(setup).AddSingleton(options).AddSingleton(TimeProvider.System);
        services.AddSingleton<Counters>().AddSingleton<TurnTimers>();
        services.AddSingleton(static provider => ServerParts.Rules(provider));
        services.AddSingleton(static provider => ServerParts.Audit(provider));
        services.AddSingleton(static provider => AuditLog.Open(provider.GetRequiredService<AuditOptions>()));
        services.AddSingleton(static provider => ServerParts.Facts(provider));
        services.AddSingleton(static provider => new Desk(
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<TurnTimers>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<Counters>(),
            new DeskLimits { Pending = provider.GetRequiredService<ClearanceOptions>().MaxPending }));
        services.AddSingleton<RuleRecord>();
        services.AddSingleton<MethodTable>().AddSingleton<Dispatcher>();
        services.AddBuiltInHandlers();
        services.AddSingleton<ClearanceServer>();
        services.AddSingleton<IManagedService>(static provider => provider.GetRequiredService<ClearanceServer>());
        return services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<ClearanceServer>());
    }

    /// <summary>Adds the handler of one more method. Two handlers of one method are refused when the host starts.</summary>
    public static IServiceCollection AddRequestHandler<
        [System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors)]
        THandler>(this IServiceCollection services)
        where THandler : class, IRequestHandler => services.AddSingleton<IRequestHandler, THandler>();

    private static void AddBuiltInHandlers(this IServiceCollection services) => services
        .AddRequestHandler<HelloHandler>()
        .AddRequestHandler<PingHandler>()
        .AddRequestHandler<AskHandler>()
        .AddRequestHandler<WaitHandler>()
        .AddRequestHandler<WithdrawHandler>()
        .AddRequestHandler<StatusHandler>()
        .AddRequestHandler<RulesListHandler>()
        .AddRequestHandler<RulesExplainHandler>()
        .AddRequestHandler<RulesReloadHandler>()
        .AddRequestHandler<AuditReadHandler>();
}
