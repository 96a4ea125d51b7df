namespace ClearanceDaemon.Tests.Support;

/// <summary>A user's world in a temporary directory: runtime, configuration and state directories, gone at the end.</summary>
internal sealed class Home : IDisposable
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public const string SomeRules = """
        {"version":1,"rules":[
          {"id":"read","action":"demo.read","decision":"allow"},
          {"id":"write","action":"demo.write","decision":"deny","reason":"demo says no"},
          {"id":"claude","action":"demo.via","via":"claude","decision":"allow"}]}
        """;

    public Home()
    {
        Root = Directory.CreateTempSubdirectory("clearanced-").FullName;
        foreach (var name in (string[])["run", "config", "config/clearance", "config/clearance/rules.d", "state"])
        {
            Directory.CreateDirectory(Path.Combine(Root, name), OwnerOnly);
        }

        Environment = new()
        {
            ["HOME"] = Root,
            ["XDG_RUNTIME_DIR"] = Path.Combine(Root, "run"),
            ["XDG_CONFIG_HOME"] = Path.Combine(Root, "config"),
            ["XDG_STATE_HOME"] = Path.Combine(Root, "state"),
        };
    }

    public string Root { get; }

    /// <summary>What the daemon sees on top of the test's own environment.</summary>
    public Dictionary<string, string> Environment { get; }

    public string Runtime => Path.Combine(Root, "run", "clearance");

    public string AskSocket => Path.Combine(Runtime, "ask", "clearance.sock");

    public string OperatorSocket => Path.Combine(Runtime, "operator", "clearance.sock");

    public string SettingsFile => Path.Combine(Root, "config", "clearance", "clearanced.json");

    public string Rules => Path.Combine(Root, "config", "clearance", "rules.d");

    public string State => Path.Combine(Root, "state", "clearance");

    public string NamedSocket(string name) => Path.Combine(Runtime, "ask.d", name, "clearance.sock");

    public void WriteSettings(string json) => WritePrivate(SettingsFile, json);

    public void WriteRules(string json = SomeRules) => WritePrivate(Path.Combine(Rules, "10.json"), json);

    /// <summary>A file of the user's own in the root, by its full path.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Root, name);
        WritePrivate(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static void WritePrivate(string path, string text)
    {
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
