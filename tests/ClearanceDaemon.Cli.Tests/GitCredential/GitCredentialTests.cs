using System.Text;
using ClearanceDaemon.Cli.GitCredential;
using ClearanceDaemon.Cli.Tests.Processes;

namespace ClearanceDaemon.Cli.Tests.GitCredential;

/// <summary>
/// What stands before a credential helper: git is told to quit unless the ask was allowed, and the helper gets what git wrote, whole.
/// </summary>
public sealed class GitCredentialTests : IDisposable
{
    private const string Request = "protocol=https\nhost=example.org\nusername=me\n\n";

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("denied", 1)]
    [InlineData("no_operator", 2)]
    [InlineData("timed_out", 3)]
    [InlineData("abstained", 4)]
    [InlineData("other", 127)]
    public void WhatIsNotAllowedMakesGitQuit(string outcome, int exitCode)
    {
        using var daemon = FakeDaemon.Answering($$"""{"outcome":"{{outcome}}","id":"1"}""");
        var run = Get(daemon, Request);
        Assert.Equal((exitCode, "quit=1\n"), (run.ExitCode, run.Out));
        Assert.StartsWith("clearance: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("protocol=https\nhost=a\nhost=b\n\n")]
    [InlineData("protocol=https\nurl=https://hunter2@evil\n\n")]
    public void WhatIsNotClearMakesGitQuit(string request)
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        var run = Get(daemon, request);
        Assert.Equal((126, "quit=1\n"), (run.ExitCode, run.Out));
        Assert.DoesNotContain("hunter2", run.Error, StringComparison.Ordinal);
        Assert.Empty(daemon.Lines);
    }

    [Fact]
    public void ADaemonThatIsAwayMakesGitQuit()
    {
        var run = new InProcess { In = Text(Request), Variables = { ["CLEARANCE_ASK_SOCKET"] = _directory.Combine("none") } }.Run("git-credential", "--", "/bin/true", "get");
        Assert.Equal((127, "quit=1\n"), (run.ExitCode, run.Out));
    }

    [Theory]
    [InlineData("git-credential", "--nonsense", "--", "/bin/true", "get")]
    [InlineData("git-credential", "--wait", "soon", "--", "/bin/true", "get")]
    [InlineData("git-credential", "--", "get")]
    [InlineData("git-credential")]
    public void ABadCommandLineMakesGitQuit(params string[] args)
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        var run = new InProcess { In = Text(Request) }.Talk(daemon, args);
        Assert.Equal((126, "quit=1\n"), (run.ExitCode, run.Out));
    }

    [Fact]
    public void WhatIsTooLongMakesGitQuit()
    {
        using var daemon = FakeDaemon.Answering("""{"outcome":"denied","id":"1"}""");
        var most = Request.TrimEnd('\n') + "\nwwwauth[]=";
        Assert.Equal(1, Get(daemon, most.PadRight(CredentialInput.MaxBytes, 'x')).ExitCode);
        Assert.Equal((126, "quit=1\n"), Get(daemon, most.PadRight(CredentialInput.MaxBytes + 1, 'x')) is var run ? (run.ExitCode, run.Out) : default);
        Assert.Single(daemon.Lines);
    }

    [Fact]
    public void AnOperationOfTheFutureIsIgnored()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        Assert.Equal(new Outcome(0, "", ""), InProcess.Against(daemon, "git-credential", "--", "/bin/echo", "reveal"));
        Assert.Empty(daemon.Lines);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5000)]
    [InlineData(CredentialInput.MaxBytes - 100)]
    public void AllowedItIsTheHelperThatAnswers(int more)
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        var request = Request.TrimEnd('\n') + $"\nwwwauth[]={new string('x', more)}\n\n";
        var run = Real(daemon, request, "/bin/sh", "-c", "cat; echo \"$1\" >&2; exit 7", "helper", "get");
        Assert.Equal(new Outcome(7, request, "get\n"), run);
    }

    [Fact]
    public void ASnippetIsAHelper()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        Assert.Equal(new Outcome(0, "username=me\npassword=get\n", ""), Real(daemon, Request, "!f() { echo username=me; echo password=$1; }; f", "get"));
    }

    [Theory]
    [InlineData("store")]
    [InlineData("erase")]
    public void StoringAndErasingAreHandedThrough(string operation)
    {
        using var daemon = FakeDaemon.Answering("""{"outcome":"denied","id":"1"}""");
        Assert.Equal(new Outcome(0, Request + operation + "\n", ""), Real(daemon, Request, "!f() { cat; echo $1; }; f", operation));
        Assert.Empty(daemon.Lines);
    }

    [Fact]
    public void AHelperThatIsNotThereMakesGitQuitAndIsNotShown()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        var run = Real(daemon, Request, _directory.Combine("hunter2"), "get");
        Assert.Equal((127, "quit=1\n"), (run.ExitCode, run.Out));
        Assert.DoesNotContain("hunter2", run.Error, StringComparison.Ordinal);
        Assert.Contains("credential.helper", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AnArgumentThatIsNotUtf8MakesGitQuit()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        const string Script = "import os,sys; os.execv(sys.argv[1].encode(), [b'clearance', b'git-credential', b'--', b'/bin/ech\\xff', b'get'])";
        var run = RealProcess.Run("/usr/bin/python3", ["-c", Script, RealProcess.Program], ("CLEARANCE_ASK_SOCKET", daemon.Path));
        Assert.Equal((126, "quit=1\n"), (run.ExitCode, run.Out));
    }

    private static Outcome Get(FakeDaemon daemon, string request) => new InProcess { In = Text(request) }.Talk(daemon, "git-credential", "--", "/bin/true", "get");

    private static Outcome Real(FakeDaemon daemon, string request, params string[] words)
    {
        var process = RealProcess.Start(RealProcess.Program, ["git-credential", "--", .. words], ("CLEARANCE_ASK_SOCKET", daemon.Path));
        process.StandardInput.Write(request);
        return RealProcess.Finish(process);
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));
}
