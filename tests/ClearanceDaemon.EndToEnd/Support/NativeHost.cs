namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>The sample host, published as native code by packaging/build, once for all tests of this run.</summary>
internal static class NativeHost
{
    private static readonly string[] Build = [Path.Combine(Repository.Root, "packaging", "build"), "--host", "tests/ClearanceDaemon.SampleHost"];

    private static readonly Lazy<CommandResult> Built = new(Publish);

    /// <summary>The program; skips the test where nothing native can be built.</summary>
    public static string Program
    {
        get
        {
            Assert.SkipWhen(Built.Value.ExitCode == 69, $"no native build here: {Built.Value.Error}");
            Built.Value.Expect(0);
            return Path.Combine(Repository.Root, "artifacts", "host", "ClearanceDaemon.SampleHost");
        }
    }

    // Takes minutes where tests/run has not done it; nothing otherwise.
    private static CommandResult Publish()
    {
        using var process = Command.Start(new Dictionary<string, string> { ["HOME"] = Environment.GetEnvironmentVariable("HOME") ?? "/" }, Build);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        return new(string.Join(' ', Build), process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
