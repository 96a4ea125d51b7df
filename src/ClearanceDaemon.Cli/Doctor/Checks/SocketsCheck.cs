using ClearanceDaemon.Cli.Connecting;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Cli.Doctor.Checks;

/// <summary>The doors: there, ours, 0600 in a directory of 0700, and on the other side a listener of ours that is one and the same daemon.</summary>
internal sealed class SocketsCheck : ICheck
{
    private const string Start = "systemctl --user enable --now clearance.socket clearance-operator.socket, or start clearanced";

    /// <summary>How long one door may take to answer that somebody is there: with a daemon that hangs, every door takes so long.</summary>
    private static readonly TimeSpan PingWithin = TimeSpan.FromSeconds(5);

    public string Name => "sockets";

    public void Look(Patient patient, Findings findings)
    {
        if (patient.Sockets.Count == 0)
        {
            findings.NotLooked("", "there is no place for them");
            return;
        }

        var listening = patient.Sockets.Count(socket => Look(patient, socket, findings));
        findings.Summary = $"{listening} of {patient.Sockets.Count} listen: {string.Join(", ", patient.Sockets.Select(static socket => socket.Name))}";
    }

    /// <returns>Whether somebody listens.</returns>
    private static bool Look(Patient patient, PatientSocket socket, Findings findings)
    {
        if (!Path.Exists(socket.Path))
        {
            Missing(socket, findings);
            return false;
        }

        PrivatePlace.Look(findings, socket.Directory, $"{socket.Name} directory");
        if (PrivateFile.SocketRefusal(socket.Path) is { } refusal)
        {
            findings.Error(socket.Path, refusal, $"find out who put it there, move it away, then {Start}");
            return false;
        }

        // Elsewhere only connecting tells, and that would start what a service manager holds ready.
        if (patient.Offline && !OperatingSystem.IsLinux())
        {
            findings.NotLooked(socket.Path, "whether somebody listens is not to be seen without connecting");
            return false;
        }

        if (!UnixListeners.HasLiveListener(socket.Address))
        {
            findings.Error(socket.Path, "nobody listens: a daemon that was killed left it", Start);
            return false;
        }

        if (!patient.Offline)
        {
            Talk(patient, socket, findings);
        }

        return true;
    }

    private static void Missing(PatientSocket socket, Findings findings)
    {
        if (socket.Name is "ask" or "operator")
        {
            findings.Error(socket.Path, "not there: nobody listens", Start);
        }
        else
        {
            findings.Note(socket.Path, "not there: its directory was left for mounts of it, and it is not configured any more");
        }
    }

    /// <summary>Who replaced a socket would answer here, and with another process's number.</summary>
    private static void Talk(Patient patient, PatientSocket socket, Findings findings)
    {
        var pid = Ping(patient, socket, findings);
        if (pid is not null && patient.Daemon.Status is { } status && status.Pid != pid && !socket.IsOperator)
        {
            findings.Error(
                socket.Path,
                $"process {pid} answers here, and the operator's socket is process {status.Pid}'s: somebody else answers for the daemon",
                $"stop process {pid}, remove {socket.Path}, then systemctl --user restart clearance.socket");
        }
    }

    private static int? Ping(Patient patient, PatientSocket socket, Findings findings)
    {
        try
        {
            using var connection = UnixPeerClient.Connect(socket.Address, DaemonAddress.ServerUid(patient.Surroundings));
            connection.Stream.WriteTimeout = connection.Stream.ReadTimeout = (int)Math.Min(PingWithin.TotalMilliseconds, patient.Surroundings.AnswerWithin.TotalMilliseconds);
            using var client = new ClearanceClient(connection.Stream, ProtocolLimits.AskLineBytes);
            return client.Call(ClearanceMethods.Ping, new NoParams()).Pid;
        }
        catch (Exception e) when (e is RpcException or UnixPeerException or IOException or InvalidDataException)
        {
            findings.Error(socket.Path, $"no good answer: {Failure.Of(e).Message}", "journalctl --user -u clearanced.service");
            return null;
        }
    }
}
