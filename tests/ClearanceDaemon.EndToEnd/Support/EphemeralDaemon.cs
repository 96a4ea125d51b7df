using System.Text.Json;

namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>A <c>clearanced --ephemeral</c> with the demo rules, and the paths it announced.</summary>
internal sealed class EphemeralDaemon : IDisposable
{
    private readonly JsonDocument _ready;

    public EphemeralDaemon(TestHome home)
    {
        var rules = Path.Combine(home.Root, "rules");
        Directory.CreateDirectory(rules, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Path.Combine(rules, "demo.json"), TestHome.DemoRules);
        File.SetUnixFileMode(Path.Combine(rules, "demo.json"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Daemon = new Daemon(home.Environment, Repository.Daemon, "--ephemeral", "--rules", rules);
        var line = Daemon.ReadLine();
        Assert.True(line is not null, $"The daemon announced nothing; it said: {Daemon.Log}");
        _ready = JsonDocument.Parse(line);
    }

    public Daemon Daemon { get; }

    public int AnnouncedPid => _ready.RootElement.GetProperty("pid").GetInt32();

    public string this[string name] => _ready.RootElement.GetProperty(name).GetString()!;

    public void Dispose()
    {
        Daemon.Dispose();
        _ready.Dispose();
    }
}
