using ClearanceDaemon.Cli.Doctor;
using ClearanceDaemon.Cli.Doctor.Checks;
using UnixPeers;

namespace ClearanceDaemon.Cli.Tests.Doctor;

/// <summary>Runtime directory, lock and state directory: ours alone, and what each fault leads to.</summary>
public sealed class PlacesChecksTests : IDisposable
{
    private const UnixFileMode Open = (UnixFileMode)0b111_101_101;
    private readonly Ward _ward = new();

    public void Dispose() => _ward.Dispose();

    [Fact]
    public void ARuntimeDirectoryOfOursIsWell()
    {
        var result = _ward.Look(new RuntimeDirectoryCheck());
        Expect.Well(result);
        Assert.Equal($"{_ward.In("run/clearance")}, yours, 0700", result.Summary);
    }

    [Fact]
    public void ARuntimeDirectoryThatOthersCanEnterIsAnError()
    {
        File.SetUnixFileMode(_ward.In("run/clearance"), Open);
        var finding = Expect.One(_ward.Look(new RuntimeDirectoryCheck()), Severity.Error, "0755", "0700");
        Assert.Equal(_ward.In("run/clearance"), finding.Subject);
        Assert.Equal($"chmod 0700 {_ward.In("run/clearance")}", finding.Next);
    }

    [Fact]
    public void ARuntimeDirectoryThatIsALinkIsAnError()
    {
        Directory.Move(_ward.In("run/clearance"), _ward.In("elsewhere"));
        File.CreateSymbolicLink(_ward.In("run/clearance"), _ward.In("elsewhere"));
        Expect.One(_ward.Look(new RuntimeDirectoryCheck()), Severity.Error, "symbolic link");
    }

    [Fact]
    public void NoRuntimeDirectoryIsAnErrorThatSaysHowToGetOne()
    {
        Directory.Delete(_ward.In("run/clearance"));
        Expect.One(_ward.Look(new RuntimeDirectoryCheck()), Severity.Error, "not there", "systemctl --user enable --now clearance.socket");
        _ward.RuntimeFault = new UnixSocketException(UnixSocketFault.Refused, "runtime directory", "/x", "the directory has mode 0777, not 0700. Run: chmod 0700 /x");
        var finding = Expect.One(_ward.Look(new RuntimeDirectoryCheck()), Severity.Error);
        Assert.Equal(("/x", "the directory has mode 0777, not 0700", "chmod 0700 /x"), (finding.Subject, finding.What, finding.Next));
    }

    [Fact]
    public void AnUnsetVariableIsANote()
    {
        _ward.Variables.Remove("XDG_RUNTIME_DIR");
        Expect.One(_ward.Look(new RuntimeDirectoryCheck()), Severity.Note, "XDG_RUNTIME_DIR", "not set");
    }

    [Fact]
    public void SocketsNamedByHandHaveNoRuntimeDirectoryAndNoLock()
    {
        _ward.ByHand = true;
        Directory.Delete(_ward.In("run/clearance"));
        Expect.Well(_ward.Look(new RuntimeDirectoryCheck()));
        Expect.Well(_ward.Look(new LockCheck()));
    }

    [Fact]
    public void ALockThatTheDaemonHoldsIsWell()
    {
        _ward.Open();
        using var held = InstanceLock.Acquire(_ward.In("run/clearance/lock"), "test");
        var result = _ward.Look(new LockCheck());
        Expect.Well(result);
        Assert.Equal($"held by process {Environment.ProcessId}", result.Summary);
    }

    [Fact]
    public void ALockThatTheDaemonDoesNotHoldIsAnError()
    {
        _ward.Open();
        Expect.One(_ward.Look(new LockCheck()), Severity.Error, "has no lock");
        InstanceLock.Acquire(_ward.In("run/clearance/lock"), "test").Dispose();
        Expect.One(_ward.Look(new LockCheck()), Severity.Error, "does not hold it");
    }

    [Fact]
    public void ALockThatAnotherHoldsIsAWarning()
    {
        _ward.Open().Status["pid"] = 1;
        using var held = InstanceLock.Acquire(_ward.In("run/clearance/lock"), "test");
        Expect.One(_ward.Look(new LockCheck()), Severity.Warning, $"process {Environment.ProcessId} holds it", "process 1 answers");
    }

    [Fact]
    public void ALockThatIsHeldInSilenceIsAnErrorUnlessNobodyAsked()
    {
        using var held = InstanceLock.Acquire(_ward.In("run/clearance/lock"), "test");
        Expect.One(_ward.Look(new LockCheck()), Severity.Error, "gives no answer");
        _ward.Offline = true;
        Expect.Well(_ward.Look(new LockCheck()));
    }

    [Fact]
    public void ALockThatIsNoFileOfOursIsAnError()
    {
        _ward.Offline = true;
        Directory.CreateDirectory(_ward.In("run/clearance/lock"));
        Expect.One(_ward.Look(new LockCheck()), Severity.Error, "a directory, not a regular file");
        Directory.Delete(_ward.In("run/clearance/lock"));
        File.WriteAllText(_ward.In("run/clearance/lock"), "");
        File.SetUnixFileMode(_ward.In("run/clearance/lock"), Open);
        Expect.One(_ward.Look(new LockCheck()), Severity.Error, "0755");
    }

    [Fact]
    public void AStateDirectoryOfOursIsWell()
    {
        File.WriteAllText(Path.Combine(_ward.State, "audit/2026-11.jsonl"), "");
        File.SetUnixFileMode(Path.Combine(_ward.State, "audit/2026-11.jsonl"), Ward.PrivateFile);
        Expect.Well(_ward.Open().Look(new StateCheck()));
        Directory.Delete(_ward.State, recursive: true);
        Assert.Equal($"none yet at {_ward.State}", _ward.Look(new StateCheck()).Summary);
    }

    [Theory]
    [InlineData("")]
    [InlineData("audit")]
    public void AStateDirectoryThatOthersCanReadIsAnError(string directory)
    {
        File.SetUnixFileMode(Path.Combine(_ward.State, directory), Open);
        Expect.One(_ward.Look(new StateCheck()), Severity.Error, "0755", "chmod 0700");
    }

    [Fact]
    public void AnAuditFileThatOthersCanReadIsAnError()
    {
        var file = Path.Combine(_ward.State, "audit/2026-11.jsonl");
        File.WriteAllText(file, "");
        File.SetUnixFileMode(file, Open);
        Expect.One(_ward.Look(new StateCheck()), Severity.Error, file, "0755", "chmod 0600");
    }

    [Fact]
    public void AFullDiskIsAWarning()
    {
        _ward.Open().Status["limits"]!["auditMaxBytes"] = 1L << 50;
        Expect.One(_ward.Look(new StateCheck()), Severity.Warning, "MiB are free", "auditMaxBytes");
    }

    [Fact]
    public void TheDaemonsOwnStateDirectoryCounts()
    {
        _ward.Open().Status["audit"]!["file"] = _ward.In("other/audit/2026-11.jsonl");
        Directory.CreateDirectory(_ward.In("other"), Open);
        Expect.One(_ward.Look(new StateCheck()), Severity.Error, _ward.In("other"));
    }
}
