using System.Diagnostics;

namespace ClearanceDaemon.EndToEnd.Support;

/// <summary><c>clearance ask</c> in a shell of its own, as in a terminal: the shell is its principal, and no kin of the test's.</summary>
internal sealed class ShellAsk(TestHome home, params string[] arguments) : IDisposable
{
    private readonly Process _process =
        Command.Start(home.Environment, ["/bin/sh", "-c", "\"$@\"; exit $?", "sh", Repository.Cli, "ask", .. arguments]);

    /// <summary>Waits for its end, which must be this one.</summary>
    /// <param name="exitCode">Its exit code.</param>
    /// <param name="said">How its answer begins.</param>
    /// <param name="whyNot">What else may tell why it still waits.</param>
    public void Ends(int exitCode, string said, Func<string>? whyNot = null)
    {
        Assert.True(_process.WaitForExit(Until.Deadline), $"the ask still waits; {whyNot?.Invoke()}");
        var output = _process.StandardOutput.ReadToEnd();
        Assert.True(_process.ExitCode == exitCode, $"exit {_process.ExitCode}: {output}{_process.StandardError.ReadToEnd()}");
        Assert.StartsWith(said, output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
