using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ClearanceDaemon.Benchmarks;

/// <summary>The C programs of native/: built here with the system's compiler, run one at a time, their JSON line read.</summary>
internal sealed class NativeTools
{
    private readonly string _load;
    private readonly string _cold;

    private NativeTools(string directory)
    {
        Limit = Path.Combine(directory, "limit");
        _load = Path.Combine(directory, "load");
        _cold = Path.Combine(directory, "cold");
    }

    public string Limit { get; }

    public static NativeTools Build()
    {
        var directory = RepositoryRoot.File("artifacts", "benchmarks");
        Directory.CreateDirectory(directory);
        foreach (var name in new[] { "limit", "load", "cold" })
        {
            var source = RepositoryRoot.File("tests", "ClearanceDaemon.Benchmarks", "native", name + ".c");
            Run("cc", ["-O2", "-pthread", "-Wall", "-Wextra", "-Werror", "-o", Path.Combine(directory, name), source], null);
        }

        return new NativeTools(directory);
    }

    public LoadResult Load(Server server, Question question, double seconds, double warmup, params string[] shape)
    {
        string[] arguments =
        [
            .. LoadArguments(server, question), "-P", Text(server.Pid), "-d", Text(seconds), "-w", Text(warmup), .. shape,
        ];
        try
        {
            return Parse(Run(_load, arguments, null), ToolJson.Default.LoadResult); // which fails if any request did
        }
        catch (BenchmarkException e)
        {
            throw new BenchmarkException($"{e.Message}; {server.Name}: {server.Condition()}");
        }
    }

    /// <summary>Opens connections that each ask once, and calls back while they are idle.</summary>
    public void HoldIdle(Server server, Question question, int connections, Action whileOpen)
    {
        string[] arguments = [.. LoadArguments(server, question), "-m", "idle", "-c", Text(connections)];
        using var process = Start(_load, arguments, null, input: true);
        var line = process.StandardOutput.ReadLine() ?? "";
        var result = line.Length == 0 ? null : Parse(line, ToolJson.Default.LoadResult);
        if (result?.Errors == 0)
        {
            whileOpen();
        }

        process.StandardInput.Close();
        process.WaitForExit();
        if (result?.Errors != 0)
        {
            throw new BenchmarkException(
                $"{server.Name}: only {result?.Requests ?? 0} of {connections} connections were served; {process.StandardError.ReadToEnd()}");
        }
    }

    public ColdResult ColdStart(IEnumerable<string> command, Workspace workspace, string socket, Question question, int starts) =>
        Parse(
            Run(
                _cold,
                ["-n", Text(starts), "-r", question.Line, "-e", question.Expected, socket, "--", .. command],
                workspace.Variables),
            ToolJson.Default.ColdResult);

    public ColdResult WholeRun(IEnumerable<string> command, Workspace workspace, int runs) =>
        Parse(Run(_cold, ["-n", Text(runs), "-x", "--", .. command], workspace.Variables), ToolJson.Default.ColdResult);

    /// <summary>One run for each of the first lines of a file, which is its standard input; it may end as a hook does.</summary>
    public ColdResult RunOnLines(IEnumerable<string> command, Workspace workspace, string lines, int runs) =>
        Parse(Run(_cold, ["-n", Text(runs), "-i", lines, "-x", "--", .. command], workspace.Variables), ToolJson.Default.ColdResult);

    /// <summary>The C client's own ping, start to end: what a process that asks once costs at least.</summary>
    public string[] OnePing(Server server) => [_load, .. LoadArguments(server, Question.Ping), "-m", "idle", "-c", "1"];

    private static string[] LoadArguments(Server server, Question question) =>
        ["-u", server.Socket, "-r", question.Line, "-e", server.IsLimit ? Question.LimitAnswer : question.Expected];

    private static T Parse<T>(string line, JsonTypeInfo<T> type) where T : class =>
        JsonSerializer.Deserialize(line, type) ?? throw new BenchmarkException("a tool of native/ printed nothing");

    private static string Run(string program, string[] arguments, IReadOnlyDictionary<string, string?>? environment)
    {
        using var process = Start(program, arguments, environment, input: false);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new BenchmarkException($"{Path.GetFileName(program)} ended with {process.ExitCode}: {errors.Result}{output}".TrimEnd());
    }

    private static Process Start(string program, string[] arguments, IReadOnlyDictionary<string, string?>? environment, bool input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = input,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Workspace.Apply(start, environment);
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new BenchmarkException($"{program}: {e.Message}; a C compiler (apt install gcc) is needed for the tools of native/");
        }
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
