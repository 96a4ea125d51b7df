using ClearanceDaemon.Native;
using UnixPeers;

namespace ClearanceDaemon;

/// <summary>What must be done before there is a second thread: umask, descriptors, environment, limits.</summary>
internal sealed record Startup(ServiceEnvironment Environment, IReadOnlyList<InheritedSocket> Inherited, Exception? InheritedFault)
{
    private const int FirstInherited = 3;

    public static Startup Prepare()
    {
        _ = LibC.umask(Convert.ToUInt32("077", 8));
        DescriptorLimit.Raise();
        var environment = ServiceEnvironment.Take();
        IReadOnlyList<InheritedSocket> inherited = [];
        Exception? fault = null;
        try
        {
            inherited = InheritedSockets.Take();
        }
        catch (InheritedSocketException e)
        {
            (inherited, fault) = (e.Usable, e);
        }

        Hold(inherited);

        // Strays that a careless parent left open are not ours to use, and no child's either.
        StrayDescriptors.CloseOnExec(FirstInherited);
        return new(environment, inherited, fault);
    }

    // Open whatever a failing host disposes on its way down: the reason is still to be told on them.
    private static void Hold(IReadOnlyList<InheritedSocket> inherited)
    {
        foreach (var socket in inherited)
        {
            var held = false;
            socket.Handle.DangerousAddRef(ref held);
        }
    }
}
