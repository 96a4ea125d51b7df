using ClearanceDaemon.Cli.Commands;

namespace ClearanceDaemon.Cli.Tests.Processes;

/// <summary>rules check becomes the daemon's program: found beside this one or on PATH, its output and exit code pass through.</summary>
public sealed class RulesCheckTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    public void TheDaemonsAnswerIsTheAnswer(int exitCode)
    {
        Fake("bin", exitCode);
        var run = RealProcess.Run(["rules", "check", "/c/a.json", "b.json", "--json"], ("PATH", _directory.Combine("bin")));
        var here = Environment.CurrentDirectory;
        Assert.Equal(new Outcome(exitCode, $"--check-rules\n/c/a.json\n{here}/b.json\n--json\n", "complaint\n"), run);
    }

    [Fact]
    public void APathThatLooksLikeAFlagStaysAPath()
    {
        Fake("bin", 0);
        var run = RealProcess.Run(["rules", "check", "--", "--json", "--log-level"], ("PATH", _directory.Combine("bin")));
        var here = Environment.CurrentDirectory;
        Assert.Equal($"--check-rules\n{here}/--json\n{here}/--log-level\n", run.Out);
    }

    [Fact]
    public void WithoutADaemonIs127() => RealProcess.Run(["rules", "check", "x.json"], ("PATH", _directory.Path)).AssertFailed(127, "clearanced", "PATH");

    [Fact]
    public void TheOneBesideThisProgramComesFirst()
    {
        var beside = Fake("own", 0);
        var onPath = Fake("bin", 0);
        Assert.Equal(beside, DaemonBinary.Find(_directory.Combine("own", "clearance"), _directory.Combine("bin")));
        Assert.Equal(onPath, DaemonBinary.Find(_directory.Combine("elsewhere", "clearance"), $"/nowhere:{_directory.Combine("bin")}"));
        Assert.Equal(onPath, DaemonBinary.Find(null, _directory.Combine("bin")));
    }

    [Fact]
    public void OneThatCannotRunIsPassedOver()
    {
        File.SetUnixFileMode(Fake("own", 0), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.CreateDirectory(_directory.Combine("dir", "clearanced"));
        Assert.Null(DaemonBinary.Find(_directory.Combine("own", "clearance"), _directory.Combine("dir")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(":")]
    [InlineData("bin:./bin")]
    public void TheCurrentDirectoryIsNotSearched(string searchPath)
    {
        Fake("bin", 0);
        var run = RealProcess.Run(
            "/bin/sh", ["-c", $"cd '{_directory.Combine("bin")}' && PATH='{searchPath}' \"$0\" rules check x.json", RealProcess.Program]);
        run.AssertFailed(127);
    }

    private string Fake(string directory, int exitCode)
    {
        Directory.CreateDirectory(_directory.Combine(directory));
        var path = _directory.Combine(directory, "clearanced");
        File.WriteAllText(path, $"#!/bin/sh\nprintf '%s\\n' \"$@\"\necho complaint >&2\nexit {exitCode}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
