using System.Text.Json;
using ClearanceDaemon.Cli.Tests.Inbox;

namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>A user's world in a temporary directory: runtime, configuration and state directories, gone at the end with what is in them.</summary>
internal sealed class TestHome : IDisposable
{
    public const string DemoRules = """
        {"version":1,"rules":[
          {"id":"demo-read","action":"demo.read","decision":"allow"},
          {"id":"demo-write","action":"demo.write","decision":"deny","reason":"demo says no"}]}
        """;

    /// <summary>A person decides, also one who comes later; of what is lifted also the asker.</summary>
    public const string PersonRules = """
        {"version":1,"rules":[
          {"id":"person","action":"person.**","decision":"ask","whenNobody":"wait","deadline":"5m"},
          {"id":"lifted","action":"lifted.**","decision":"ask","whenNobody":"wait","deadline":"5m","selfApproval":true}]}
        """;

    public TestHome()
    {
        Root = Directory.CreateTempSubdirectory("clearance-e2e-").FullName;
        foreach (var name in (string[])["run", "config", "state", "tmp"])
        {
            Directory.CreateDirectory(Path.Combine(Root, name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Environment = new Dictionary<string, string>
        {
            ["HOME"] = Root,
            ["TMPDIR"] = Path.Combine(Root, "tmp"),
            ["XDG_RUNTIME_DIR"] = Path.Combine(Root, "run"),
            ["XDG_CONFIG_HOME"] = Path.Combine(Root, "config"),
            ["XDG_STATE_HOME"] = Path.Combine(Root, "state"),
        };
    }

    public string Root { get; }

    public Dictionary<string, string> Environment { get; }

    public string Runtime => Path.Combine(Root, "run", "clearance");

    public string AskSocket => Path.Combine(Runtime, "ask", "clearance.sock");

    public string OperatorSocket => Path.Combine(Runtime, "operator", "clearance.sock");

    public string State => Path.Combine(Root, "state", "clearance");

    public void WriteRules(string json = DemoRules, string name = "10-demo.json") => Write(Path.Combine("rules.d", name), json);

    public void WriteConfiguration(string json) => Write("clearanced.json", json);

    /// <summary>A daemon in the foreground, answering when this returns.</summary>
    public Daemon Start(params IEnumerable<string> arguments)
    {
        var daemon = new Daemon(Environment, [Repository.Daemon, .. arguments]);
        daemon.WaitForAnswer(AskSocket);
        return daemon;
    }

    /// <summary>The same, run by <c>sh -c</c> so that it can set a umask or a limit first; <c>"$@"</c> is the daemon.</summary>
    public Daemon StartThroughShell(string script, params IEnumerable<string> arguments)
    {
        var daemon = new Daemon(Environment, ["/bin/sh", "-c", script, "sh", Repository.Daemon, .. arguments]);
        daemon.WaitForAnswer(AskSocket);
        return daemon;
    }

    public CommandResult Clearance(params IEnumerable<string> arguments) => Command.Run(Environment, null, [Repository.Cli, .. arguments]);

    /// <summary>The same on a terminal of 80 by 24.</summary>
    public PtyProcess Terminal(params IEnumerable<string> arguments) => new(Command.Start(
        new Dictionary<string, string>(Environment) { ["TERM"] = "xterm" }, PtyProcess.Command(80, 24, "", hasShell: true, [Repository.Cli, .. arguments])));

    public JsonElement ClearanceJson(params IEnumerable<string> arguments)
    {
        using var document = JsonDocument.Parse(Clearance([.. arguments, "--json"]).Expect(0).Output);
        return document.RootElement.Clone();
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private void Write(string name, string text)
    {
        var path = Path.Combine(Root, "config", "clearance", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
