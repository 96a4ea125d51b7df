namespace ClearanceDaemon.Benchmarks;

/// <summary>What is measured: the daemon's build, or with --self the C limit.</summary>
internal sealed record Subject(string Name, string Daemon, string? Cli, bool IsLimit, bool Managed)
{
    public static Subject Choose(BenchmarkOptions options, NativeTools tools)
    {
        if (options.Self)
        {
            return new Subject("the C limit itself", tools.Limit, null, IsLimit: true, Managed: false);
        }

        var folder = options.Managed ? "managed" : "bin";
        var daemon = options.DaemonFile ?? Find(folder, "clearanced", options.Managed);
        var cli = options.CliFile ?? Beside(daemon, folder);
        return new Subject(options.Managed ? "managed" : "native", daemon, cli, IsLimit: false, options.Managed);
    }

    private static string Find(string folder, string name, bool managed)
    {
        var file = RepositoryRoot.File("artifacts", folder, name);
        if (Directory.Exists(file))
        {
            file = Path.Combine(file, name);
        }

        var build = "packaging/build" + (managed ? " --managed" : "");
        return File.Exists(file)
            ? file
            : throw new BenchmarkException($"{file} is missing: run {build} first, or name it with --daemon");
    }

    private static string? Beside(string daemon, string folder)
    {
        string[] places =
        [
            Path.Combine(Path.GetDirectoryName(daemon)!, "clearance"),
            RepositoryRoot.File("artifacts", folder, "clearance", "clearance"),
        ];
        return Array.Find(places, File.Exists);
    }
}
