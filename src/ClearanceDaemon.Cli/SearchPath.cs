using ClearanceDaemon.Cli.Native;

namespace ClearanceDaemon.Cli;

/// <summary>Finds a program the way a shell does, but never in the current directory.</summary>
internal static class SearchPath
{
    /// <param name="program">A bare name.</param>
    /// <param name="path">Directories with colons between them, as in <c>PATH</c>.</param>
    public static string? Find(string program, string? path) =>
        // An empty or relative element means the current directory to a shell; here it would let a repository pick the program.
        (path ?? "").Split(':')
            .Where(Path.IsPathRooted)
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(static file => File.Exists(file) && LibC.access(file, LibC.X_OK) == 0);
}
