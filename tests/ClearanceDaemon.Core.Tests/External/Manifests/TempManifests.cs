using ClearanceDaemon.Core.External.Manifests;

namespace ClearanceDaemon.Core.Tests.External.Manifests;

/// <summary>A user's and an admin's directory of manifests, removed at the end of the test.</summary>
internal sealed class TempManifests : IDisposable
{
    public TempManifests()
    {
        Root = Directory.CreateTempSubdirectory("clearance-manifests-").FullName;
        User = Directory.CreateDirectory(Path.Combine(Root, "user", "handlers.d")).FullName;
        Admin = Directory.CreateDirectory(Path.Combine(Root, "etc", "handlers.d")).FullName;
    }

    public string Root { get; }

    public string User { get; }

    public string Admin { get; }

    public static string Good(string name, string more = "") =>
        $$"""{"version":1,"name":"{{name}}","exec":["/bin/{{name}}"],"roles":{"methods":{"{{name}}.run":"ask"} },"mode":"kept"{{more}}}""";

    /// <summary>A good manifest of that name; in the user's directory unless another is given.</summary>
    public string Write(string name, string? directory = null) => WriteFile(name + ".json", Good(name), directory);

    public string WriteFile(string file, string text, string? directory = null)
    {
        var path = Path.Combine(directory ?? User, file);
        File.WriteAllText(path, text);
        return path;
    }

    public ManifestSet Load(Func<string, string?>? trust = null) => ManifestLoader.Load([User, Admin], trust);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
