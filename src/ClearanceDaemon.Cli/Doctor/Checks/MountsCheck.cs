using System.Globalization;
using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Doctor.Checks;

/// <summary>
/// What sandboxes see of the sockets' directories. One that can write an ask socket's directory can replace the socket and answer
/// for the daemon; one that has the operator's can try to decide.
/// </summary>
internal sealed class MountsCheck : ICheck
{
    public string Name => "mounts";

    public void Look(Patient patient, Findings findings)
    {
        if (!OperatingSystem.IsLinux())
        {
            findings.Summary = "not looked at: this system has no mount namespaces";
            return;
        }

        if (MountSpaces.Own() is not { } own)
        {
            findings.NotLooked("", "/proc/self/mountinfo cannot be read");
            return;
        }

        var places = PlacesOf(patient, own);
        var spaces = MountSpaces.Others().ToList();
        foreach (var space in spaces)
        {
            foreach (var place in places)
            {
                Look(space, place, findings);
            }
        }

        findings.Summary = $"{places.Count} directories, in {Count.Of(spaces.Count, "other mount namespace")}";
    }

    private static List<Place> PlacesOf(Patient patient, MountTable own)
    {
        var places = new List<Place>();
        foreach (var socket in patient.Sockets)
        {
            if (Directory.Exists(socket.Directory) && own.Locate(socket.Directory) is var (device, path))
            {
                places.Add(new Place(socket, device, path));
            }
        }

        return places;
    }

    private static void Look(MountSpace space, Place place, Findings findings)
    {
        var socket = place.Socket;
        var seen = space.Mounts.Find(place.Device, place.Path).ToList();
        if (seen.Count == 0)
        {
            return;
        }

        var more = space.Processes == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" and {space.Processes - 1} more");
        var subject = string.Create(CultureInfo.InvariantCulture, $"process {space.Pid} ({space.Command}){more}");
        var writable = seen.FindIndex(static path => path.IsWritable);
        if (space.IsAsOurs && writable >= 0 && seen[writable].Path == socket.Directory)
        {
            // Once is enough: it sees everything as we do.
            if (socket.IsOperator)
            {
                findings.Note(subject, "has mounts of its own and sees the sockets' directories as you do, so nothing here holds it; fine for a service, no sandbox for an agent");
            }
        }
        else if (socket.IsOperator)
        {
            findings.Error(subject, $"has the operator's directory at {seen[Math.Max(writable, 0)].Path}: what is in there can try to decide", $"stop it, and mount only {AskOnly(socket.Directory)}, read-only");
        }
        else if (writable >= 0)
        {
            findings.Warn(
                subject,
                $"can write the directory of {socket.Name}, at {seen[writable].Path}: it can replace the socket and answer for the daemon",
                $"stop it, and mount {socket.Directory} read-only (bwrap: --ro-bind)");
        }
    }

    private static string AskOnly(string operatorDirectory) => Path.Combine(Path.GetDirectoryName(operatorDirectory) ?? "/", "ask");

    /// <summary>A socket, and where its directory is on a file system.</summary>
    private sealed record Place(PatientSocket Socket, string Device, string Path);
}
