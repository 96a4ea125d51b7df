using UnixPeers;

namespace ClearanceDaemon.Cli.Connecting;

/// <summary>Finds the instances in the runtime directory by their listening sockets.</summary>
internal static class InstanceList
{
    /// <exception cref="UnixSocketException">The runtime directory is not to be trusted.</exception>
    public static List<Instance> Find() => FindIn(RuntimeDirectory.Locate());

    internal static List<Instance> FindIn(string runtime)
    {
        var found = new List<Instance>();
        foreach (var directory in Directories(runtime).Order(StringComparer.Ordinal))
        {
            if (InstanceName.OfBaseName(Path.GetFileName(directory)) is not { } name)
            {
                continue;
            }

            var sockets = Candidates(directory).Where(Listens).ToList();
            if (sockets.Count > 0)
            {
                found.Add(new Instance(name, InstanceLock.IsHeld(Path.Combine(directory, "lock")) ? Instance.Running : Instance.Waiting, sockets));
            }
        }

        return found;
    }

    private static IEnumerable<string> Candidates(string directory)
    {
        yield return Path.Combine(directory, "ask", DaemonAddress.SocketName);
        foreach (var named in Directories(Path.Combine(directory, "ask.d")).Order(StringComparer.Ordinal))
        {
            yield return Path.Combine(named, DaemonAddress.SocketName);
        }

        yield return Path.Combine(directory, "operator", DaemonAddress.SocketName);
    }

    private static bool Listens(string path)
    {
        try
        {
            return UnixListeners.HasLiveListener(UnixAddress.FromPath(path));
        }
        catch (UnixSocketException)
        {
            // Too long to be a socket's path, so nothing listens there.
            return false;
        }
    }

    private static string[] Directories(string parent)
    {
        try
        {
            return Directory.GetDirectories(parent);
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
