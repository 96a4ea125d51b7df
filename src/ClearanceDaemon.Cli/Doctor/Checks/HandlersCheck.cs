using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Cli.Doctor.Checks;

/// <summary>The handlers as the daemon has them, the directories of their manifests, and the unit that runs programs where one is needed.</summary>
internal sealed class HandlersCheck : ICheck
{
    private const string Admin = "/etc/clearance/handlers.d";
    private const string Socket = "clearance-handlers.socket";

    public string Name => "handlers";

    public void Look(Patient patient, Findings findings)
    {
        var status = patient.Daemon.Status;
        var manifests = Directories(patient, status?.Handlers).Where(Directory.Exists).Sum(directory => LookAtDirectory(directory, findings));
        findings.Summary = manifests == 0 ? "no manifests" : $"{Count.Of(manifests, "manifest")}";
        if (status is null)
        {
            findings.NotLooked("handlers in use", patient.Daemon.Silence);
        }
        else if (status.Handlers is { } handlers)
        {
            findings.Summary = $"{handlers.Items.Count(static handler => handler.Enabled)} on, {findings.Summary}";
            InUse(handlers, findings);
        }

        // A daemon that nobody else started brings the handlers process with it.
        if (manifests > 0 && status?.Sockets.Any(static socket => socket.Activated) != false)
        {
            LookAtUnit(patient, findings);
        }
    }

    /// <summary>The usual ones; of a daemon that was named by hand we know only what it says.</summary>
    private static IEnumerable<string> Directories(Patient patient, HandlersListResult? handlers) =>
        patient.Places is { ByHand: false, Config: var config } ? config is null ? [Admin] : [Path.Combine(config, "handlers.d"), Admin]
        : (handlers?.Items ?? []).Select(static handler => Path.GetDirectoryName(handler.File)).OfType<string>().Distinct();

    /// <returns>The manifests in it.</returns>
    private static int LookAtDirectory(string directory, Findings findings)
    {
        if (TrustedPath.Refusal(directory) is { } refusal)
        {
            var (what, next) = Sentences.Of(refusal, $"chmod go-w {directory}");
            findings.Error(directory, $"{what}; who can write it can have programs run", next);
        }

        return Directory.EnumerateFiles(directory, "*.json").Count();
    }

    private static void InUse(HandlersListResult handlers, Findings findings)
    {
        foreach (var problem in handlers.Problems)
        {
            findings.Error($"{problem.File}:{problem.Line}:{problem.Column}", problem.Message, "mend it; clearance handlers list shows whether it is taken");
        }

        foreach (var handler in handlers.Items)
        {
            Judge(handler, findings);
        }

        if (handlers.Process == HandlersProcess.Unreachable)
        {
            findings.Error("handlers process", "it cannot be reached: no program can be run", $"systemctl --user restart {Socket}, and journalctl --user -u clearance-handlers.service");
        }
        else if (handlers.Process == HandlersProcess.None && handlers.Items.Any(static handler => handler is { Enabled: true, Kind: not HandlerKind.CompiledIn }))
        {
            findings.Warn("handlers process", "the daemon was not told of one: no program can be run", $"systemctl --user enable --now {Socket}, then systemctl --user restart {UnitsCheck.Service}");
        }
    }

    private static void Judge(HandlerItem handler, Findings findings)
    {
        var trouble = HandlerWords.Trouble(handler);
        if (HandlerWords.IsIll(handler))
        {
            findings.Error(handler.Name, trouble, handler.Problem is null ? $"clearance handlers test {handler.Name}, which shows what it answers" : "mend what it says; clearance handlers list shows whether it works");
        }
        else if (trouble.Length > 0)
        {
            findings.Warn(handler.Name, trouble, $"clearance handlers test {handler.Name}, which shows what it answers");
        }

        if (HandlerWords.HasUnknown(handler))
        {
            findings.Note(handler.Name, $"it was sent what it does not know: {HandlerWords.Counters(handler)}", "look for a newer clearanced, or an odd sender");
        }
    }

    private static void LookAtUnit(Patient patient, Findings findings)
    {
        // No service, or nobody who could tell of it: the check of the units says so.
        var units = ServiceManager.Show(patient, [Socket, UnitsCheck.Service], UnitsCheck.Properties, out _);
        if (units?.Exists(static unit => unit.Id == UnitsCheck.Service && unit.IsFound) == true && units.Find(static unit => unit.Id == Socket) is { } socket)
        {
            UnitsCheck.Judge(socket, findings);
        }
    }
}
