using ClearanceDaemon.Native;

namespace ClearanceDaemon.HandlersMode;

/// <summary>Finds a program as a shell would, without one. Relative entries of PATH mean wherever we happen to be: they are passed over.</summary>
internal static class SearchPath
{
    public static string? Find(string program)
    {
        foreach (var directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
        {
            var path = Path.Combine(directory, program);
            if (directory.StartsWith('/') && File.Exists(path) && LibC.access(path, LibC.X_OK) == 0)
            {
                return path;
            }
        }

        return null;
    }
}
