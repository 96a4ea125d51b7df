using ClearanceDaemon.Native;
using UnixPeers;

namespace ClearanceDaemon;

/// <summary>
/// What must be done before there is a second thread: umask, descriptors, environment, limits. Owns the inherited
/// sockets for as long as the process lives, so that they can still be answered on when all that was built on them failed.
/// </summary>
internal sealed record Startup(ServiceEnvironment Environment, IReadOnlyList<InheritedSocket> Inherited, Exception? InheritedFault) : IDisposable
{
    private const int FirstInherited = 3;

    /// <summary>The keys of Sockets in launchd's agents, which has to be asked by name; systemd names its own.</summary>
    private static readonly string[] LaunchdNames = ["ask", "operator", "handlers"];

    /// <summary>The daemon has served: what fails from here on is no start that others should hear of.</summary>
    public bool IsOver { get; set; }

    /// <param name="isDaemon">It will hold many connections. What runs programs keeps its limits, which they inherit.</param>
    public static Startup Prepare(bool isDaemon)
    {
        _ = LibC.umask(Convert.ToUInt32("077", 8));
        if (isDaemon)
        {
            DescriptorLimit.Raise();
        }

        var environment = ServiceEnvironment.Take();
        IReadOnlyList<InheritedSocket> inherited = [];
        Exception? fault = null;
        try
        {
            inherited = InheritedSockets.Take(LaunchdNames);
        }
        catch (InheritedSocketException e)
        {
            inherited = e.Usable;
            fault = e;
        }

        // Strays that a careless parent left open are not ours to use, and no child's either.
        StrayDescriptors.CloseOnExec(FirstInherited);
        return new(environment, inherited, fault);
    }

    public void Dispose()
    {
        foreach (var socket in Inherited)
        {
            socket.Dispose();
        }
    }
}
