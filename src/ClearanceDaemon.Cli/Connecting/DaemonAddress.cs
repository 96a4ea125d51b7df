using System.Globalization;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Cli.Connecting;

/// <summary>Where the daemon is and whose it must be: a flag beats the environment, the environment beats the default.</summary>
internal static class DaemonAddress
{
    public const string AskVariable = "CLEARANCE_ASK_SOCKET";
    public const string OperatorVariable = "CLEARANCE_OPERATOR_SOCKET";
    public const string InstanceVariable = "CLEARANCE_INSTANCE";
    public const string ServerUidVariable = "CLEARANCE_SERVER_UID";
    internal const string SocketName = "clearance.sock";

    /// <param name="role">A <see cref="SocketRole"/>.</param>
    public static UnixAddress Resolve(string role, AddressFlags flags, Surroundings surroundings)
    {
        var (flag, socket, variable) = role == SocketRole.Operator
            ? ("--operator-socket", flags.OperatorSocket, OperatorVariable)
            : ("--ask-socket", flags.AskSocket, AskVariable);
        if (socket is not null)
        {
            return Parse(socket, flag);
        }

        // An instance on the command line was meant; a socket in the environment is only inherited.
        if (flags.Instance is null && surroundings.Setting(variable) is { } inherited)
        {
            return Parse(inherited, variable);
        }

        return UnixAddress.FromPath(Path.Combine(RuntimeDirectory.RuntimePath(BaseName(flags, surroundings)), role, SocketName));
    }

    /// <summary>The only user whose listener is believed.</summary>
    public static uint ServerUid(Surroundings surroundings)
    {
        if (surroundings.Setting(ServerUidVariable) is not { } text)
        {
            return surroundings.Uid;
        }

        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var uid) && uid != uint.MaxValue
            ? uid
            : throw new UsageException($"{ServerUidVariable}: \"{text}\" is not a user id. Set it to the daemon's uid as seen here, such as 1000, or unset it.");
    }

    /// <summary>The base name of the instance's directories.</summary>
    internal static string BaseName(AddressFlags flags, Surroundings surroundings)
    {
        var (source, name) = flags.Instance is { } flag ? ("--instance", flag) : (InstanceVariable, surroundings.Setting(InstanceVariable));
        return name is null || InstanceName.IsValid(name)
            ? InstanceName.BaseName(name)
            : throw new UsageException(
                $"{source}: \"{name}\" is not an instance name. Use 1 to {InstanceName.MaxLength} of a-z, 0-9, _ and -; clearance instances lists the running ones.");
    }

    private static UnixAddress Parse(string text, string source)
    {
        try
        {
            return UnixAddress.Parse(text);
        }
        catch (UnixSocketException e)
        {
            throw new UsageException($"{source}: {e.Message}");
        }
    }
}
