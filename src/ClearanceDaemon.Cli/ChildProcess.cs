using System.ComponentModel;
using System.Diagnostics;

namespace ClearanceDaemon.Cli;

/// <summary>
/// The only place that starts processes. A child has nothing to read, and of our environment what its caller names and nothing
/// else.
/// </summary>
internal static class ChildProcess
{
    /// <summary>Starts it; the caller owns what is returned.</summary>
    /// <exception cref="IOException">It cannot be started.</exception>
    public static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception e)
        {
            throw new IOException($"{program} cannot be started: {e.Message}", e);
        }
    }

    /// <summary>Runs it to its end, and kills it when that does not come in time.</summary>
    /// <exception cref="IOException">It cannot be started, or took too long.</exception>
    public static ChildOutcome Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, TimeSpan within)
    {
        using var process = Start(program, arguments, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        // The pipes end last, and also wait for what the child may have left running.
        if (!Task.WaitAll([output, error], within) || !process.WaitForExit(within))
        {
            process.Kill();
            throw new IOException($"{program} did not end within {(long)within.TotalSeconds} s");
        }

        return new ChildOutcome(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Of the variables named those that are set.</summary>
    public static Dictionary<string, string> Environment(Surroundings surroundings, params ReadOnlySpan<string> names)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (surroundings.Setting(name) is { } value)
            {
                environment[name] = value;
            }
        }

        return environment;
    }
}
