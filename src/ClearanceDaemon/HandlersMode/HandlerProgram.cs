using ClearanceDaemon.Core.External.Manifests;

namespace ClearanceDaemon.HandlersMode;

/// <summary>A program as it is started for a handler.</summary>
/// <param name="Name">The handler's name.</param>
/// <param name="Command">The program's absolute path and its arguments.</param>
/// <param name="Environment">NAME=value each: all it gets.</param>
/// <param name="Directory">Where it is started.</param>
internal sealed record HandlerProgram(string Name, IReadOnlyList<string> Command, IReadOnlyList<string> Environment, string Directory)
{
    /// <summary>What to mend when it does not start; null where no manifest names it.</summary>
    public string? File { get; init; }

    /// <summary>It is told on stdin and answers on stdout; else both are /dev/null.</summary>
    public bool Talks { get; init; } = true;

    public static HandlerProgram Of(Manifest manifest) =>
        new(manifest.Name, manifest.Exec, HandlerEnvironment.For(manifest), manifest.Cwd) { File = manifest.File };
}
