namespace ClearanceDaemon.Cli.Commands;

/// <summary>Where the daemon's program is: beside this one, else on PATH.</summary>
internal static class DaemonBinary
{
    public const string Name = "clearanced";

    public static string? Find(string? ownPath, string? searchPath) => SearchPath.Find(Name, $"{Path.GetDirectoryName(ownPath)}:{searchPath}");
}
