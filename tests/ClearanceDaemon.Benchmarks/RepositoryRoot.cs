namespace ClearanceDaemon.Benchmarks;

/// <summary>Where the working tree is, found upward from this program.</summary>
internal static class RepositoryRoot
{
    private static readonly string Root = Find();

    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(at.FullName, "ClearanceDaemon.sln")))
            {
                return at.FullName;
            }
        }

        throw new BenchmarkException($"{AppContext.BaseDirectory}: no ClearanceDaemon.sln above; run from a working tree");
    }
}
