using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Handlers;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Core.Rules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using UnixPeers;

namespace ClearanceDaemon.Core;

/// <summary>Makes the parts that touch the outer world from what the setup says.</summary>
internal static class ServerParts
{
    public static RuleStore Rules(IServiceProvider provider) => new(new()
    {
        Directories = provider.GetRequiredService<ClearanceSetup>().RulePaths,
        Trust = TrustedPath.Refusal,
        FileIdentity = static path => UnixPeers.FileIdentity.Of(path) is { } file ? (file.Device, file.Inode) : null,
    });

    public static AuditOptions Audit(IServiceProvider provider)
    {
        var setup = provider.GetRequiredService<ClearanceSetup>();
        var log = provider.GetRequiredService<ILogger<AuditLog>>();
        return new()
        {
            Directory = Path.Combine(setup.StateDirectory, "audit"),
            AnchorPath = Path.Combine(setup.StateDirectory, "anchor"),
            MaxBytes = provider.GetRequiredService<ClearanceOptions>().AuditMaxBytes,
            Time = provider.GetRequiredService<TimeProvider>(),
            PrepareDirectory = static directory => PrivateDirectory.Ensure(directory, "audit directory", owned: true),
            AnchorSink = anchor => LogEvents.Anchor(log, anchor.Seq, anchor.Sha256),
        };
    }

    public static ServerFacts Facts(IServiceProvider provider)
    {
        var setup = provider.GetRequiredService<ClearanceSetup>();
        var options = provider.GetRequiredService<ClearanceOptions>();
        return new()
        {
            Version = setup.Version,
            Instance = setup.Instance,
            Started = provider.GetRequiredService<TimeProvider>().GetUtcNow(),
            InFlight = options.MaxInFlight,
            NotServed = setup.NotServed,
            Counters = provider.GetRequiredService<Counters>(),
            Limits = new Dictionary<string, long>
            {
                ["maxConnections"] = options.MaxConnections,
                ["maxConnectionsPerProcess"] = options.MaxConnectionsPerProcess,
                ["maxOperatorConnections"] = options.MaxOperatorConnections,
                ["maxInFlight"] = options.MaxInFlight,
                ["maxPending"] = options.MaxPending,
                ["auditMaxBytes"] = options.AuditMaxBytes,
            },
        };
    }
}
