using ClearanceDaemon.Cli.Connecting;

namespace ClearanceDaemon.Cli.Doctor.Checks;

/// <summary>
/// Whoever is given a socket's directory is given all that is in it, so it holds the socket and nothing else: a lock in it
/// could be taken by a sandbox.
/// </summary>
internal sealed class SocketDirectoriesCheck : ICheck
{
    public string Name => "socket directories";

    public void Look(Patient patient, Findings findings)
    {
        var sockets = patient.Sockets.DistinctBy(static socket => Path.Join(socket.Directory, Path.GetFileName(socket.Path))).Where(static socket => Directory.Exists(socket.Directory)).ToList();
        foreach (var socket in sockets)
        {
            var (directory, own) = (socket.Directory, Path.GetFileName(socket.Path));

            // Of a directory that the user chose we don't know what else it is for.
            foreach (var entry in own == DaemonAddress.SocketName ? Directory.EnumerateFileSystemEntries(directory) : [])
            {
                if (Path.GetFileName(entry) != own)
                {
                    findings.Warn(entry, $"every sandbox that has {directory} has this too; only the socket belongs there", "find out who put it there, and remove it");
                }
            }
        }

        LookAtNames(patient, findings);
        findings.Summary = $"{sockets.Count} looked at";
    }

    private static void LookAtNames(Patient patient, Findings findings)
    {
        if (patient.Places is not { ByHand: false, Runtime: { } runtime } || Path.Combine(runtime, "ask.d") is not { } named || !Directory.Exists(named))
        {
            return;
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(named))
        {
            if (!Directory.Exists(entry) || !InstanceName.IsValid(Path.GetFileName(entry)))
            {
                findings.Warn(entry, "not the directory of a named ask socket", "find out who put it there, and remove it");
            }
        }
    }
}
