namespace ClearanceDaemon.Cli.Hooks;

/// <summary>Where a host's hooks are configured.</summary>
/// <param name="Variable">Names the user's directory where it is not the usual one.</param>
/// <param name="Directory">Its name, under the home and in a project.</param>
/// <param name="File">The file in it.</param>
internal sealed record HookSettings(string Variable, string Directory, string File)
{
    /// <summary>The user's file; null without a home.</summary>
    public string? User(Surroundings surroundings) =>
        surroundings.Setting(Variable) is ['/', ..] directory ? Path.Combine(directory, File)
        : surroundings.Setting("HOME") is ['/', ..] home ? Path.Combine(home, Directory, File)
        : null;

    /// <summary>The file of the project in a directory.</summary>
    public string Project(string directory) => Path.Combine(directory, Directory, File);
}
