using System.Diagnostics;
using System.Text.Json;

namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>
/// A real <c>systemd --user</c> of a throw-away user, with ClearanceDaemon installed in its home by packaging/install. Shared by the
/// tests of one collection; each begins with <see cref="Reset"/>.
/// </summary>
public sealed class UserManager : IDisposable
{
    private static readonly string[] Sockets = ["clearance.socket", "clearance-operator.socket", "clearance-handlers.socket"];

    private readonly Process _helper;
    private readonly string? _reason;
    private readonly Dictionary<string, string> _environment = [];

    public UserManager()
    {
        _helper = Command.Start(
            new Dictionary<string, string>(), Path.Combine(Repository.Root, "tests", "ClearanceDaemon.EndToEnd", "user-manager"));
        var said = (_helper.StandardOutput.ReadLine() ?? "cannot say why").Split(' ', 5);
        if (said[0] != "ready")
        {
            _reason = string.Join(' ', said[1..]);
            return;
        }

        (User, Uid, Gid, Home) = (said[1], uint.Parse(said[2]), uint.Parse(said[3]), said[4]);
        _environment["HOME"] = Home;
        _environment["USER"] = User;
        _environment["XDG_RUNTIME_DIR"] = $"/run/user/{Uid}";
        CopyTree();
        Installation = Run(Path.Combine(Tree, "packaging", "install"));
    }

    public string User { get; } = "";

    public uint Uid { get; }

    public uint Gid { get; }

    public string Home { get; } = "";

    internal CommandResult? Installation { get; }

    /// <summary>What a checkout with built programs holds, where the user can read it.</summary>
    internal string Tree => Path.Combine(Home, "tree");

    internal string Runtime => $"/run/user/{Uid}/clearance";

    internal string AskSocket => Path.Combine(Runtime, "ask", "clearance.sock");

    internal string OperatorSocket => Path.Combine(Runtime, "operator", "clearance.sock");

    internal string Configuration => Path.Combine(Home, ".config", "clearance");

    internal string Units => Path.Combine(Home, ".config", "systemd", "user");

    internal string Audit => Path.Combine(Home, ".local", "state", "clearance", "audit");

    /// <summary>Skips the test where no manager can be had; otherwise sockets listen, the daemon is stopped and the demo rules are the only ones.</summary>
    internal void Reset()
    {
        Repository.RequireNative();
        Assert.SkipWhen(_reason is not null, _reason ?? "");
        Systemctl(["stop", "clearanced.service", "clearance-handlers.service", .. Sockets]);
        // A test may have loosened them.
        Sh("chmod go= \"$XDG_RUNTIME_DIR\" && chmod -R go= \"$XDG_RUNTIME_DIR/clearance\"").Expect(0);
        Sh($"rm -rf '{Configuration}' '{Units}/clearanced.service.d' && mkdir -p '{Configuration}/rules.d' && chmod -R go= '{Configuration}'").Expect(0);
        WriteFile(Path.Combine(Configuration, "rules.d", "10-demo.json"), TestHome.DemoRules);
        Systemctl("daemon-reload").Expect(0);
        Systemctl("reset-failed");
        Systemctl(["enable", "--now", .. Sockets]).Expect(0);
    }

    internal CommandResult Run(params IEnumerable<string> command) => RunWithInput(null, command);

    internal CommandResult RunWithInput(string? input, params IEnumerable<string> command) => Command.Run(
        _environment, input,
        ["setpriv", "--reuid", $"{Uid}", "--regid", $"{Gid}", "--init-groups", .. command]);

    internal CommandResult Sh(string script) => Run("/bin/sh", "-c", script);

    internal CommandResult Systemctl(params IEnumerable<string> arguments) => Run(["systemctl", "--user", .. arguments]);

    internal CommandResult Clearance(params IEnumerable<string> arguments) => Run([Path.Combine(Home, ".local", "bin", "clearance"), .. arguments]);

    internal CommandResult StopSockets() => Systemctl(["stop", .. Sockets]);

    internal string Property(string name) => Systemctl("show", "--value", "-p", name, "clearanced.service").Expect(0).Output.Trim();

    internal int MainPid => int.Parse(Property("MainPID"));

    internal JsonElement ClearanceJson(params IEnumerable<string> arguments)
    {
        using var document = JsonDocument.Parse(Clearance([.. arguments, "--json"]).Expect(0).Output);
        return document.RootElement.Clone();
    }

    /// <summary>Writes as the user, so that owner and mode are what the daemon asks for.</summary>
    internal void WriteFile(string path, string text) =>
        RunWithInput(text, "/bin/sh", "-c", "umask 077; mkdir -p \"$(dirname \"$1\")\" && cat >\"$1\"", "sh", path).Expect(0);

    internal void DropIn(string text)
    {
        WriteFile(Path.Combine(Units, "clearanced.service.d", "test.conf"), text);
        Systemctl("daemon-reload").Expect(0);
    }

    public void Dispose()
    {
        _helper.StandardInput.Close();
        if (!_helper.WaitForExit(TimeSpan.FromSeconds(60)))
        {
            _helper.Kill(entireProcessTree: true);
        }

        _helper.Dispose();
    }

    private void CopyTree()
    {
        var none = new Dictionary<string, string>();
        Command.Run(none, null, "mkdir", "-p", Path.Combine(Tree, "artifacts")).Expect(0);
        Command.Run(none, null, "cp", "-R", Path.Combine(Repository.Root, "artifacts", "bin"), Path.Combine(Tree, "artifacts")).Expect(0);
        foreach (var part in (string[])["packaging", "systemd", "launchd"])
        {
            Command.Run(none, null, "cp", "-R", Path.Combine(Repository.Root, part), Tree).Expect(0);
        }

        Command.Run(none, null, "chown", "-R", $"{Uid}:{Gid}", Tree).Expect(0);
    }
}
