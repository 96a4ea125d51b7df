namespace ClearanceDaemon.Core.Tests;

/// <summary>What the source tree ships beside the programs.</summary>
internal static class Packaging
{
    public static string File(params string[] names)
    {
        var directory = AppContext.BaseDirectory;
        while (!System.IO.File.Exists(Path.Combine(directory, "ClearanceDaemon.sln")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new DirectoryNotFoundException("the tests must run within the source tree");
        }

        return Path.Combine([directory, "packaging", .. names]);
    }
}
