using System.Net.Sockets;
using System.Text;
using ClearanceDaemon.Core;
using ClearanceDaemon.Core.Dispatch;
using UnixPeers;

namespace ClearanceDaemon.Configuration;

/// <summary>Which sockets are served: those the service manager hands over, or those bound here.</summary>
internal static class SocketPlan
{
    private const string Ask = "ask";
    private const string Operator = "operator";
    private const string NamedPrefix = "ask.";

    /// <summary>The descriptor name of terok-shield's event socket, which is heard once that handler is on.</summary>
    private const string Shield = "terok-shield";

    /// <summary>Serves what was inherited, which stays its owner's. What was configured but not handed over is listed, not bound: its unit is off.</summary>
    public static IReadOnlyList<ServedSocket> Adopt(IReadOnlyList<InheritedSocket> inherited, ClearanceOptions options, out IReadOnlyList<string> notServed)
    {
        var sockets = inherited.Where(static socket => socket.Name != Shield).Select(Adopt).ToArray();
        string[] expected = [Ask, Operator, .. options.AskSockets];
        notServed = [.. expected.Except(sockets.Select(static socket => socket.Name))];
        return sockets;
    }

    /// <summary>The event socket of terok-shield, where the service manager handed it over.</summary>
    public static UnixListener? AdoptShield(IReadOnlyList<InheritedSocket> inherited) =>
        inherited.FirstOrDefault(static socket => socket.Name == Shield) is { } socket ? Adopt(socket.Handle, "terok-shield event socket") : null;

    /// <summary>Binds every socket of a daemon that was started by hand; on failure none stays bound.</summary>
    public static IReadOnlyList<ServedSocket> Bind(Places places, DaemonArguments arguments, ClearanceOptions options, Action<string> warn)
    {
        var sockets = new List<ServedSocket>();
        try
        {
            sockets.Add(Bind(Ask, CallerRoles.Ask, arguments.AskSocket, places.AskSocket, warn));
            sockets.Add(Bind(Operator, CallerRoles.Operator, arguments.OperatorSocket, places.OperatorSocket, warn));
            sockets.AddRange(options.AskSockets.Select(name => Bind(name, CallerRoles.Ask, null, places.NamedSocket(name), warn)));
            if (arguments.Abstract is { } name)
            {
                var address = UnixAddress.FromAbstract(Encoding.UTF8.GetBytes(name));
                sockets.Add(new(Ask, CallerRoles.Ask, UnixListener.Bind(address, new() { Label = "abstract ask socket", Warn = warn })));
            }

            return sockets;
        }
        catch
        {
            sockets.ForEach(static socket => socket.Listener.Dispose());
            throw;
        }
    }

    private static ServedSocket Adopt(InheritedSocket inherited)
    {
        var (name, role) = inherited.Name switch
        {
            Ask => (Ask, CallerRoles.Ask),
            Operator => (Operator, CallerRoles.Operator),
            _ when inherited.Name.StartsWith(NamedPrefix, StringComparison.Ordinal) && SocketNames.IsValidForAsk(inherited.Name[NamedPrefix.Length..]) =>
                (inherited.Name[NamedPrefix.Length..], CallerRoles.Ask),
            _ => throw new StartException(
                ExitCodes.Refused,
                $"the service manager handed over a socket named '{inherited.Name}'; FileDescriptorName= must be ask, ask.NAME (NAME neither ask nor operator), operator or terok-shield, since the name decides who its callers are"),
        };

        return new(name, role, Adopt(inherited.Handle, $"{inherited.Name} socket"));
    }

    // Not owned: a start that fails after this must still answer on the socket.
    private static UnixListener Adopt(SafeSocketHandle inherited, string label) =>
        UnixListener.Adopt(new SafeSocketHandle(inherited.DangerousGetHandle(), ownsHandle: false), new() { Label = label });

    private static ServedSocket Bind(string name, CallerRoles role, string? own, string standard, Action<string> warn)
    {
        // Of a path the user chose, the directory is the user's: it is checked, not mended.
        var address = UnixAddress.FromPath(own ?? standard);
        var options = new UnixListenerOptions { Label = $"{name} socket", OwnsDirectory = own is null, Warn = warn };
        return new(name, role, UnixListener.Bind(address, options));
    }
}
