using System.Diagnostics;
using ClearanceDaemon.Cli.Doctor;
using ClearanceDaemon.Cli.Doctor.Checks;
using ClearanceDaemon.Cli.Tests.Processes;

namespace ClearanceDaemon.Cli.Tests.Doctor;

/// <summary>What real sandboxes can reach of the sockets' directories.</summary>
public sealed class MountsCheckTests : IDisposable
{
    private static readonly string[] Small = ["--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64"];

    private readonly Ward _ward = new Ward().Open();
    private readonly string _mark = $"marked-{Guid.NewGuid():N}";

    private string AskDirectory => _ward.In("run/clearance/ask");

    private string OperatorDirectory => _ward.In("run/clearance/operator");

    public void Dispose() => _ward.Dispose();

    [Fact]
    public void B70_AWritableMountOfAnAskDirectoryIsAWarning()
    {
        using var sandbox = Sandbox([.. Small, "--bind", AskDirectory, "/asking"]);
        var finding = Expect.One(Look(), Severity.Warning, "can write the directory of ask, at /asking", "answer for the daemon", "--ro-bind");
        Assert.Contains("process ", finding.Subject);
    }

    [Fact]
    public void B70_AReadOnlyMountOfAnAskDirectoryIsWell()
    {
        using var sandbox = Sandbox([.. Small, "--ro-bind", AskDirectory, AskDirectory]);
        Expect.Well(Look());
    }

    [Fact]
    public void B70_AWritableMountOfADirectoryAboveIsAWarning()
    {
        using var sandbox = Sandbox([.. Small, "--bind", _ward.In("run"), "/r"]);
        var result = Look();
        Expect.Some(result, Severity.Warning, "can write the directory of ask, at /r/clearance/ask");
        Expect.Some(result, Severity.Error, "has the operator's directory at /r/clearance/operator");
    }

    [Fact]
    public void B70_TheOperatorsDirectoryIsAnErrorReadOnlyToo()
    {
        using var sandbox = Sandbox([.. Small, "--ro-bind", OperatorDirectory, "/deciding"]);
        Expect.One(Look(), Severity.Error, "has the operator's directory at /deciding", $"mount only {AskDirectory}");
    }

    [Fact]
    public void B70_WhatIsMountedOverTheDirectoryHidesIt()
    {
        using var sandbox = Sandbox([.. Small, "--bind", _ward.In("run"), "/r", "--tmpfs", "/r/clearance"]);
        Expect.Well(Look());
    }

    [Fact]
    public void ASandboxWithTheWholeTreeIsASandboxOnceItHasItsOwnProcesses()
    {
        using var sandbox = Sandbox(["--bind", "/", "/", "--unshare-pid", "--proc", "/proc"]);
        Expect.Some(Look(), Severity.Error, "has the operator's directory");
    }

    [Fact]
    public void AServiceWithMountsOfItsOwnIsANote()
    {
        using var service = Sandbox(["--dev-bind", "/", "/"]);
        Expect.One(Look(), Severity.Note, "sees the sockets' directories as you do");
    }

    /// <summary>Only what is about this test's own sandbox: others run on this machine at the same time.</summary>
    private CheckResult Look()
    {
        var all = _ward.Look(new MountsCheck());
        return all with { Findings = [.. all.Findings.Where(finding => finding.Subject.Contains(_mark, StringComparison.Ordinal))] };
    }

    private RunningSandbox Sandbox(string[] arguments) => new(arguments, _mark);

    /// <summary>A bwrap whose program waits for the end of its standard input.</summary>
    private sealed class RunningSandbox : IDisposable
    {
        private readonly Process _process;

        public RunningSandbox(string[] arguments, string mark)
        {
            Assert.SkipUnless(File.Exists("/usr/bin/bwrap"), "bubblewrap is not installed");
            _process = RealProcess.Start("/usr/bin/bwrap", [.. arguments, "/bin/sh", "-c", $"echo up; read {mark.Replace('-', '_')}", mark]);
            var line = _process.StandardOutput.ReadLine();
            Assert.SkipUnless(line == "up", $"bwrap does not run here: {(line is null ? _process.StandardError.ReadToEnd() : line)}");
        }

        public void Dispose()
        {
            _process.StandardInput.Close();
            Assert.True(_process.WaitForExit(TimeSpan.FromSeconds(30)), "the sandbox did not end");
            _process.Dispose();
        }
    }
}
