using System.Security.Cryptography;
using ClearanceDaemon.Tests.Support;

namespace ClearanceDaemon.Tests.HandlersMode;

/// <summary>The handler <c>hello</c> of a user, with its manifest where a real process reads it.</summary>
internal sealed class HomeHandler
{
    private readonly Home _home;
    private readonly string _directory;

    /// <param name="home">Whose it is.</param>
    /// <param name="directory">Where its manifest goes; the user's own place unless given.</param>
    public HomeHandler(Home home, string? directory = null)
    {
        _home = home;
        _directory = directory ?? Path.Combine(home.Root, "config", "clearance", "handlers.d");
        Directory.CreateDirectory(_directory, Home.OwnerOnly);
        home.Environment["TMPDIR"] = home.Root;
        var json = $$"""{"version":1,"name":"hello","exec":["{{Program}}"],"roles":{"methods":{"hello.world":"ask"} },"mode":"kept"}""";
        File.WriteAllText(Manifest, json);
        File.SetUnixFileMode(Manifest, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Write("for r in requests(): answer(r)");
    }

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Manifest)));

    private string Manifest => Path.Combine(_directory, "hello.json");

    private string Program => Path.Combine(_home.Root, "hello.py");

    public void Write(string python)
    {
        File.WriteAllText(Program, Scripts.Of(python));
        File.SetUnixFileMode(Program, Home.OwnerOnly);
    }

    /// <summary>Its running processes.</summary>
    public List<string> Processes() => [.. Descendants.WithMarker("CLEARANCE_HANDLER=hello\0").Where(process => process.Contains(_home.Root, StringComparison.Ordinal))];
}
