using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace ClearanceDaemon.Cli.Tests.Notifications;

/// <summary>A notification server that draws nothing: it reports what it was told to show, and sends the signals a test tells it to.</summary>
internal sealed class ScriptedServer
{
    private const string Script = """
        import json, sys, threading, dbus, dbus.service
        from dbus.mainloop.glib import DBusGMainLoop
        from gi.repository import GLib
        DBusGMainLoop(set_as_default=True)
        NAME = "org.freedesktop.Notifications"
        def say(**what):
            print(json.dumps(what), flush=True)
        class Server(dbus.service.Object):
            count = 0
            @dbus.service.method(NAME, out_signature="as")
            def GetCapabilities(self):
                return dbus.Array(sys.argv[1:], signature="s")
            @dbus.service.method(NAME, out_signature="ssss")
            def GetServerInformation(self):
                return "scripted", "tests", "1", "1.2"
            @dbus.service.method(NAME, in_signature="susssasa{sv}i", out_signature="u")
            def Notify(self, app, replaces, icon, summary, body, actions, hints, timeout):
                self.count += 1
                say(id=self.count, app=app, replaces=replaces, summary=summary, body=body, actions=actions, urgency=int(hints.get("urgency", 1)), timeout=timeout)
                return self.count
            @dbus.service.method(NAME, in_signature="u")
            def CloseNotification(self, id):
                say(closed=id)
                self.NotificationClosed(id, 3)
            @dbus.service.signal(NAME, signature="us")
            def ActionInvoked(self, id, key): pass
            @dbus.service.signal(NAME, signature="uu")
            def NotificationClosed(self, id, reason): pass
        bus = dbus.SessionBus()
        name = dbus.service.BusName(NAME, bus)
        server = Server(bus, "/org/freedesktop/Notifications")
        def told(line):
            word, id, value = line.split()
            server.NotificationClosed(int(id), int(value)) if word == "closed" else server.ActionInvoked(int(id), value)
        def listen():
            for line in sys.stdin:
                GLib.idle_add(told, line)
        threading.Thread(target=listen, daemon=True).start()
        say(ready=True)
        GLib.MainLoop().run()
        """;

    private readonly Process _process;
    private readonly ConcurrentQueue<JsonElement> _said = new();

    public ScriptedServer(SessionBus bus, params string[] capabilities)
    {
        Assert.SkipUnless(bus.Run("/usr/bin/python3", "-c", "import dbus, gi").ExitCode == 0, "python3-dbus or python3-gi is not installed");
        _process = bus.Start("/usr/bin/python3", ["-c", Script, .. capabilities]);
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                _said.Enqueue(JsonDocument.Parse(text).RootElement);
            }
        };
        _process.BeginOutputReadLine();
        SessionBus.Until(() => !_said.IsEmpty, () => "the scripted server did not start");
    }

    public static string[] Usual { get; } = ["actions", "body", "body-markup"];

    /// <summary>Every notification so far, in order.</summary>
    public List<JsonElement> Shown => [.. _said.Where(static said => said.TryGetProperty("summary", out _))];

    /// <summary>The ids of those that were closed by their sender.</summary>
    public List<int> Closed => [.. _said.Where(static said => said.TryGetProperty("closed", out _)).Select(static said => said.GetProperty("closed").GetInt32())];

    public int Open => Shown.Count - Closed.Count;

    public JsonElement WaitForShown(int count)
    {
        SessionBus.Until(() => Shown.Count >= count, () => $"{Shown.Count} notifications instead of {count}");
        return Shown[count - 1];
    }

    /// <summary>The id of the one notification with this summary, once it is shown. Those of two that were asked for together come in any order.</summary>
    public int IdOf(string summary)
    {
        SessionBus.Until(() => Shown.Any(shown => shown.GetProperty("summary").GetString() == summary), () => $"\"{summary}\" was not shown");
        return Shown.Single(shown => shown.GetProperty("summary").GetString() == summary).GetProperty("id").GetInt32();
    }

    public void WaitForClosed(int id) => SessionBus.Until(() => Closed.Contains(id), () => $"notification {id} was not closed");

    /// <summary>Leaves the bus without closing anything.</summary>
    public void Stop()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>As if pressed: the server sends these keys one after the other.</summary>
    public void Press(int id, params string[] keys)
    {
        foreach (var key in keys)
        {
            _process.StandardInput.WriteLine($"action {id} {key}");
        }

        _process.StandardInput.Flush();
    }

    /// <param name="id">Which.</param>
    /// <param name="reason">1 expired, 2 dismissed, 3 closed, 4 whatever.</param>
    public void Dismiss(int id, int reason = 2)
    {
        _process.StandardInput.WriteLine($"closed {id} {reason}");
        _process.StandardInput.Flush();
    }
}
