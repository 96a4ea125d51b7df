using ClearanceDaemon.Cli.Connecting;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Cli.Doctor;

/// <summary>Where the examined instance has its things. What the environment spoils is a fault to be told, not a reason to stop.</summary>
internal sealed record PatientPlaces
{
    /// <summary>Empty for the default one.</summary>
    public string Instance { get; init; } = "";

    /// <summary>The instance's runtime directory; null when there is none that could be used.</summary>
    public string? Runtime { get; init; }

    /// <summary>Why there is no runtime directory.</summary>
    public UnixSocketException? RuntimeFault { get; init; }

    /// <summary>The operator's socket is named by flag or variable, so its daemon need not be one that uses the usual places.</summary>
    public bool ByHand { get; init; }

    public UnixAddress? Ask { get; init; }

    public UnixAddress? Operator { get; init; }

    /// <summary>The directory of settings and rules; null without a home.</summary>
    public string? Config { get; init; }

    /// <summary>The directory of grants and audit log, as this program's environment has it; null without a home.</summary>
    public string? State { get; init; }

    /// <exception cref="UsageException">The instance, a socket or a variable cannot be meant.</exception>
    public static PatientPlaces Of(AddressFlags flags, Surroundings surroundings)
    {
        var baseName = DaemonAddress.BaseName(flags, surroundings);
        var fault = Try(() => RuntimeDirectory.RuntimePath(baseName), out var runtime);
        _ = Try(() => DaemonAddress.Resolve(SocketRole.Ask, flags, surroundings), out var ask);
        _ = Try(() => DaemonAddress.Resolve(SocketRole.Operator, flags, surroundings), out var @operator);
        return new()
        {
            Instance = InstanceName.OfBaseName(baseName) ?? "",
            Runtime = runtime,
            RuntimeFault = fault,
            ByHand = flags.OperatorSocket is not null || (flags.Instance is null && surroundings.Setting(DaemonAddress.OperatorVariable) is not null),
            Ask = ask,
            Operator = @operator,
            Config = Under(surroundings, "XDG_CONFIG_HOME", ".config", baseName),
            State = Under(surroundings, "XDG_STATE_HOME", ".local/state", baseName),
        };
    }

    private static UnixSocketException? Try<T>(Func<T> place, out T? found)
        where T : class
    {
        found = null;
        try
        {
            found = place();
            return null;
        }
        catch (UnixSocketException e)
        {
            return e;
        }
    }

    private static string? Under(Surroundings surroundings, string variable, string underHome, string baseName)
    {
        var directory = surroundings.Setting(variable) ?? (surroundings.Setting("HOME") is { } home ? Path.Combine(home, underHome) : null);
        return directory is not null && Path.IsPathFullyQualified(directory) ? Path.Combine(directory, baseName) : null;
    }
}
