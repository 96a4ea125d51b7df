namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>The C# sample, compiled once for all tests of this run, as its README says: outside the tree, into a directory of its own.</summary>
internal static class BuiltSample
{
    private static readonly Lazy<string?> Built = new(Build, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>The directory of the compiled program; skips the test where it can't be compiled.</summary>
    public static string Directory
    {
        get
        {
            Repository.RequireTool("dotnet");
            Assert.SkipWhen(Built.Value is null, "the SDK here does not compile a single C# file: it needs .NET 10");
            return Built.Value!;
        }
    }

    private static string? Build()
    {
        var place = System.IO.Directory.CreateTempSubdirectory("clearance-sample-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.Directory.Delete(place, recursive: true);
        var source = Path.Combine(place, "deploys.cs");
        File.Copy(Path.Combine(Sample.Folder, "deploys.cs"), source);
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = place,
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_NOLOGO"] = "1",
            ["MSBUILDDISABLENODEREUSE"] = "1",
        };
        var version = Command.Run(environment, null, "dotnet", "--version").Output;
        if (!int.TryParse(version.Split('.')[0], out var major) || major < 10)
        {
            return null;
        }

        Command.Run(environment, null, "dotnet", "build", source, "-o", Path.Combine(place, "deploys"), "-v", "q").Expect(0);
        return Path.Combine(place, "deploys");
    }
}
