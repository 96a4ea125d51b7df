using System.Text.Json;
using ClearanceDaemon.Core.Dispatch;
using UnixPeers;

namespace ClearanceDaemon;

/// <summary>The directory of an ephemeral daemon, and the line that tells where it is.</summary>
internal static class EphemeralPlace
{
    private const string Prefix = "clearance.";

    /// <summary>Makes one beside the sockets of lasting daemons, and sweeps what killed ephemeral ones left.</summary>
    public static EphemeralDirectory Create()
    {
        var parent = Parent();
        EphemeralDirectory.Sweep(parent, Prefix);
        return EphemeralDirectory.Create(parent, Prefix);
    }

    /// <summary>One JSON line: ready, pid, and every path a caller needs.</summary>
    public static void Announce(Instance instance, Stream output)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteBoolean("ready", true);
            json.WriteNumber("pid", Environment.ProcessId);
            json.WriteString("dir", instance.Directory);
            json.WriteString("askSocket", instance.Sockets.First(static socket => socket.Role == CallerRoles.Ask).Listener.Address.ToString());
            json.WriteString("operatorSocket", instance.Sockets.First(static socket => socket.Role == CallerRoles.Operator).Listener.Address.ToString());
            json.WriteString("config", instance.Places.Config);
            json.WriteString("rules", instance.Places.Rules[0]);
            json.WriteString("handlers", instance.Places.Handlers[0]);
            json.WriteString("state", instance.Places.State);
            json.WriteStartObject("askSockets");
            foreach (var socket in instance.Sockets.Where(static socket => socket.Role == CallerRoles.Ask).DistinctBy(static socket => socket.Name))
            {
                json.WriteString(socket.Name, socket.Listener.Address.ToString());
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        output.Flush();
    }

    // Where there is no runtime directory at all (a container, a build machine) the name is what protects: it is
    // unguessable, it is ours and 0700. A runtime directory that is there and unsafe is refused, not avoided.
    private static string Parent() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR")) && !Directory.Exists($"/run/user/{OwnUser.Uid}")
            ? Path.TrimEndingDirectorySeparator(Path.GetTempPath())
            : RuntimeDirectory.Locate();
}
