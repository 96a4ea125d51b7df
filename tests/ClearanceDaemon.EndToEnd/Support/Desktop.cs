using System.Diagnostics;
using System.Text.Json;

namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>A session bus, a screen nobody sees, and dunst on it, whose buttons a test can press.</summary>
internal sealed class Desktop : IDisposable
{
    private readonly List<Process> _processes = [];
    private readonly Dictionary<string, string> _environment;
    private readonly string[] _as;
    private readonly string _directory;

    /// <param name="environment">The user's; its runtime directory gets the bus.</param>
    /// <param name="directory">For configuration; the user can read and write there.</param>
    /// <param name="asUser">What to put in front of a command to run it as that user.</param>
    public Desktop(IReadOnlyDictionary<string, string> environment, string directory, params string[] asUser)
    {
        foreach (var tool in (string[])["dbus-daemon", "dunst", "dunstctl", "notify-send", "Xvfb", "busctl"])
        {
            Repository.RequireTool(tool);
        }

        (_as, _directory) = (asUser, directory);
        var bus = $"unix:path={Path.Combine(environment["XDG_RUNTIME_DIR"], "bus")}";
        _environment = new Dictionary<string, string>(environment) { ["DBUS_SESSION_BUS_ADDRESS"] = bus };
        WriteConfiguration(bus);
        Start("dbus-daemon", "--nofork", "--print-address", $"--config-file={Place("bus.conf")}").StandardOutput.ReadLine();
        _environment["DISPLAY"] = ":" + Start("Xvfb", "-ac", "-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp").StandardOutput.ReadLine();
        Start("dunst", "-conf", Place("dunstrc"));
        Until.True(() => Dunstctl("count").ExitCode == 0, "dunst to answer");
    }

    /// <summary>With it a program of the user reaches this desktop.</summary>
    public IReadOnlyDictionary<string, string> Environment => _environment;

    public void WaitForDisplayed(int count) =>
        Until.True(() => Dunstctl("count", "displayed").Output.Trim() == $"{count}", $"{count} notifications; dunst says: {Dunstctl("count").Output}");

    /// <summary>Presses a button of the topmost notification. dunst hands its menu to a program, which here picks the line with this label.</summary>
    public void Press(string button)
    {
        File.WriteAllText(Place("choice"), $"#{button} (");
        Dunstctl("context");
    }

    /// <summary>The text of the notification that was closed last.</summary>
    public string LastClosed()
    {
        using var history = JsonDocument.Parse(Dunstctl("history").Expect(0).Output);
        return history.RootElement.GetProperty("data")[0][0].GetProperty("message").GetProperty("data").GetString()!;
    }

    public string LastClosedOrNone() => Dunstctl("history").Output is { Length: > 100 } ? LastClosed() : "";

    public CommandResult Dunstctl(params string[] arguments) => Command.Run(_environment, null, [.. _as, "dunstctl", .. arguments]);

    public void Dispose()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            if (!process.HasExited)
            {
                process.Kill();
                process.WaitForExit();
            }

            process.Dispose();
        }
    }

    private void WriteConfiguration(string bus)
    {
        File.WriteAllText(Place("bus.conf"), $"""
            <busconfig>
              <type>session</type>
              <listen>{bus}</listen>
              <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
            </busconfig>
            """);
        File.WriteAllText(Place("menu"), $"#!/bin/sh\ngrep -F \"$(cat '{Place("choice")}')\" | head -1\n");
        File.WriteAllText(Place("dunstrc"), $"[global]\nmarkup = full\nnotification_limit = 20\ndmenu = /bin/sh {Place("menu")}\nformat = \"%s\\n%b\"\n");
        foreach (var name in (string[])["bus.conf", "menu", "dunstrc"])
        {
            File.SetUnixFileMode(Place(name), (UnixFileMode)0b110_100_100);
        }
    }

    private string Place(string name) => Path.Combine(_directory, name);

    private Process Start(params string[] command)
    {
        var process = Command.Start(_environment, [.. _as, .. command]);
        _processes.Add(process);
        return process;
    }
}
