using System.Text.Json;
using ClearanceDaemon.EndToEnd.Native;

namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>
/// A home with a running daemon and the installed commands on PATH. A person who decides is the test, and what is run is in a
/// session of its own, as in another terminal: nobody allows its own ask.
/// </summary>
internal sealed class ToolBench : IDisposable
{
    private readonly Daemon _daemon;

    public ToolBench(string rules, string configuration = "{}")
    {
        Repository.RequireNative();
        Repository.RequireTool("setsid");
        Home = new TestHome();
        Home.WriteRules(rules);
        Home.WriteConfiguration(configuration);
        Programs = Path.Combine(Home.Root, "bin");
        Directory.CreateDirectory(Programs);
        File.CreateSymbolicLink(Path.Combine(Programs, "clearance"), Repository.Cli);
        var askpass = Path.Combine(Programs, "clearance-askpass");
        File.Copy(Path.Combine(Repository.Root, "packaging", "ssh", "clearance-askpass"), askpass);
        Home.Environment["PATH"] = $"{Programs}:/usr/bin:/bin";
        _daemon = Home.Start();
    }

    public TestHome Home { get; }

    /// <summary>Where the installed commands are; a test may put others there.</summary>
    public string Programs { get; }

    /// <summary>Runs a script in the home directory.</summary>
    public CommandResult Run(string script, string? input = null) => Command.Run(Home.Environment, input, Words(script));

    /// <summary>Runs a script that asks once, and answers.</summary>
    /// <param name="script">Run in the home directory.</param>
    /// <param name="verdict">allow or deny.</param>
    /// <param name="action">What it must ask for.</param>
    /// <returns>What came of it, and what the person saw: the ask, and what is only claimed.</returns>
    public (CommandResult Result, JsonElement Ask, JsonElement Claimed) Answer(string script, string verdict, string action)
    {
        using var person = Operator.Subscribed(Home.OperatorSocket);
        var running = Task.Run(() => Run(script));
        var asked = person.Next("asked").GetProperty("data");
        var ask = asked.GetProperty("ask");
        Assert.Equal(action, ask.GetProperty("action").GetString());
        var decided = person.Decide(asked, verdict);
        Assert.True(decided.TryGetProperty("result", out _), decided.ToString());
        Assert.True(running.Wait(Until.Deadline), $"`{script}` did not end");
        return (running.Result, ask, asked.GetProperty("claimed"));
    }

    /// <summary>Ends the daemon as a crash would, once somebody asks.</summary>
    /// <param name="script">Run in the home directory; it must ask.</param>
    public CommandResult KillDaemonUnder(string script)
    {
        using var person = Operator.Subscribed(Home.OperatorSocket);
        var running = Task.Run(() => Run(script));
        person.Next("asked");
        _daemon.Signal(LibC.SIGKILL);
        Assert.True(running.Wait(Until.Deadline), $"`{script}` did not end");
        return running.Result;
    }

    public string At(string name) => Path.Combine(Home.Root, name);

    public void Write(string name, string text, bool isProgram = false)
    {
        File.WriteAllText(At(name), text);
        File.SetUnixFileMode(At(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | (isProgram ? UnixFileMode.UserExecute : 0));
    }

    public void Dispose()
    {
        _daemon.Dispose();
        Home.Dispose();
    }

    private string[] Words(string script) => ["setsid", "--wait", "/bin/sh", "-c", $"cd \"$HOME\" && {{\n{script}\n}}"];
}
