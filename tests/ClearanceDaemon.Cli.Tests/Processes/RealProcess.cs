using System.Diagnostics;

namespace ClearanceDaemon.Cli.Tests.Processes;

/// <summary>The program as a process of its own, beside this test's assembly.</summary>
internal static class RealProcess
{
    /// <summary>Nothing here takes this long; it only keeps a broken test from hanging.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "clearance");

    public static Outcome Run(string[] args, params ReadOnlySpan<(string Name, string? Value)> variables) => Finish(Start(Program, args, variables));

    public static Outcome Run(string program, string[] args, params ReadOnlySpan<(string Name, string? Value)> variables) =>
        Finish(Start(program, args, variables));

    public static Process Start(string program, string[] args, params ReadOnlySpan<(string Name, string? Value)> variables)
    {
        var start = new ProcessStartInfo(program, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(static name => name.StartsWith("CLEARANCE_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public static Outcome Finish(Process process)
    {
        using (process)
        {
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            Assert.True(process.WaitForExit(Deadline), "the process did not end");
            return new Outcome(process.ExitCode, output.Result, error.Result);
        }
    }
}
