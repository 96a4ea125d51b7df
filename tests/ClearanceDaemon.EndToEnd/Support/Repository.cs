using ClearanceDaemon.EndToEnd.Native;

namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>Where the tree and its built programs are, and what a test needs of the machine before it can say anything.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Daemon => Path.Combine(Root, "artifacts", "bin", "clearanced");

    public static string Cli => Path.Combine(Root, "artifacts", "bin", "clearance");

    public static void RequireNative()
    {
        Assert.SkipUnless(File.Exists(Daemon) && File.Exists(Cli), "artifacts/bin is empty: run packaging/build first");
        Assert.SkipWhen(Directory.Exists(Path.Combine(Root, "artifacts", "lib")), "artifacts/bin holds a managed build: run packaging/build");
    }

    public static void RequireRoot() => Assert.SkipUnless(LibC.geteuid() == 0, "only root can act as other users");

    /// <summary>Nobody in a service may allow what that service asks, so there a test cannot be both, asker and person.</summary>
    public static void RequireNoService() => Assert.SkipWhen(
        File.Exists("/proc/self/cgroup") && File.ReadAllText("/proc/self/cgroup").Contains(".service", StringComparison.Ordinal),
        "the tests run in a service: asker and person have to be in different ones");

    public static string RequireTool(string name)
    {
        foreach (var directory in (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin").Split(':'))
        {
            var candidate = Path.Combine(directory, name);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        Assert.Skip($"{name} is not installed");
        return name;
    }

    private static string FindRoot()
    {
        for (var at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(Path.Combine(at, "ClearanceDaemon.sln")))
            {
                return at;
            }
        }

        throw new InvalidOperationException($"No ClearanceDaemon.sln above {AppContext.BaseDirectory}.");
    }
}
