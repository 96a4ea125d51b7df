using ClearanceDaemon.Cli.Hooks;
using ClearanceDaemon.Cli.Hooks.Install;
using ClearanceDaemon.Cli.Native;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Doctor.Checks;

/// <summary>The hooks of coding agents: their program is there, they answer before their host gives up on them, and somebody listens where they ask.</summary>
internal sealed class HooksCheck : ICheck
{
    /// <summary>Seconds that both hosts give a hook without a timeout.</summary>
    private const long DefaultTimeout = 600;

    public string Name => "hooks";

    public void Look(Patient patient, Findings findings)
    {
        var installed = new List<string>();
        foreach (var host in HookHost.All)
        {
            LookAt(patient, findings, host, host.Settings.User(patient.Surroundings), "user", installed);
            LookAt(patient, findings, host, host.Settings.Project(Environment.CurrentDirectory), "project", installed);
        }

        findings.Summary = installed.Count == 0 ? "none installed" : string.Join(", ", installed);
    }

    private static void LookAt(Patient patient, Findings findings, HookHost host, string? file, string whose, List<string> installed)
    {
        if (file is null || !Path.Exists(file) || Read(file, findings) is not { } settings)
        {
            return;
        }

        var found = settings.Find(host.Name);
        if (found.Count > 0)
        {
            installed.Add($"{host.Name} ({whose})");
            var again = $"clearance hook uninstall {host.Name}{(whose == "project" ? " --project" : "")}, then install it again";
            found.ForEach(hook => Judge(patient, findings, hook, file, again));
            Together(findings, host, found, settings, file, again);
        }
        else if (settings.HasOther(host.Name))
        {
            findings.Warn(file, $"it runs clearance hook {host.Name} with a command of its own, which is not looked at", $"take it out, then clearance hook install {host.Name}");
        }
    }

    private static SettingsText? Read(string file, Findings findings)
    {
        try
        {
            return SettingsFile.At(file).Read() is { } text && text.AsSpan().IndexOfAnyExcept(" \t\r\n"u8) >= 0 ? SettingsText.Read(text) : null;
        }
        catch (Exception e) when (e is SettingsException or UsageException)
        {
            findings.Warn(file, $"whether it has hooks cannot be told: {e.Message}", "mend it, then clearance doctor");
            return null;
        }
    }

    private static void Judge(Patient patient, Findings findings, FoundHook hook, string file, string again)
    {
        var subject = $"{file}, {hook.Event}";
        if (LibC.access(hook.Entry.Program, LibC.X_OK) != 0)
        {
            findings.Error(subject, $"{hook.Entry.Program} is not there or cannot be run: every call is blocked", again);
        }
        else if (hook.Entry.Program != Environment.ProcessPath)
        {
            findings.Note(subject, $"it runs {hook.Entry.Program}, and this is {Environment.ProcessPath}");
        }

        var answersWithin = (long)(Wait(hook.Entry) + HookLimits.Slack).TotalSeconds;
        if ((hook.Timeout ?? DefaultTimeout) <= answersWithin)
        {
            findings.Error(subject, $"its timeout of {hook.Timeout ?? DefaultTimeout} s may pass before the hook answers, which takes up to {answersWithin} s, and hosts let through what did not answer", again);
        }

        if (hook.Entry.Via is { } via && patient.Places is { ByHand: false, Runtime: not null } && !patient.Sockets.Exists(socket => socket.Name == "ask." + via && Path.Exists(socket.Path)))
        {
            findings.Error(subject, $"there is no socket ask.d/{via}: every call is blocked", $"add \"{via}\": {{}} to askSockets in clearanced.json and restart clearanced, or enable clearance-ask@{via}.socket");
        }
    }

    // One that cannot be read blocks every call, but not before its host starts it.
    private static TimeSpan Wait(HookEntry entry) => Duration.TryParse(entry.Wait, out var wait) && wait < HookLimits.MaxWait ? wait : entry.Wait is null ? HookLimits.DefaultWait : HookLimits.MaxWait;

    private static void Together(Findings findings, HookHost host, List<FoundHook> found, SettingsText settings, string file, string again)
    {
        if (host.InstalledEvents.FirstOrDefault(name => !found.Exists(hook => hook.Event == name)) is { } missing)
        {
            findings.Warn(file, $"nothing is registered for {missing}", again);
        }

        if (settings.IsOn("disableAllHooks"))
        {
            findings.Error(file, "disableAllHooks is on, so no hook is run", "take it out");
        }
    }
}
