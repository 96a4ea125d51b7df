using ClearanceDaemon.Cli.Native;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>Where the daemon's program is: beside this one, else on PATH.</summary>
internal static class DaemonBinary
{
    public const string Name = "clearanced";

    public static string? Find(string? ownPath, string? searchPath)
    {
        var directories = (searchPath ?? "").Split(':').Prepend(Path.GetDirectoryName(ownPath) ?? "");

        // An empty or relative element means the current directory to a shell; here it would let a repository pick the program.
        return directories
            .Where(Path.IsPathRooted)
            .Select(static directory => Path.Combine(directory, Name))
            .FirstOrDefault(static path => File.Exists(path) && LibC.access(path, LibC.X_OK) == 0);
    }
}
