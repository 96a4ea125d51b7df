using ClearanceDaemon.Cli.GitCredential;

namespace ClearanceDaemon.Cli.Tests.GitCredential;

/// <summary>A helper's words mean what they mean to git (gitcredentials(7), "CUSTOM HELPERS").</summary>
public sealed class HelperCommandTests
{
    [Fact]
    public void ASnippetGetsTheOperationFromAShell()
    {
        var helper = HelperCommand.Of(["!f() { cat; }; f", "--flag"], "get", searchPath: null);
        Assert.Equal("/bin/sh", helper.Program);
        Assert.Equal(["/bin/sh", "-c", "f() { cat; }; f \"$@\"", "f() { cat; }; f", "--flag", "get"], helper.Argv);
    }

    [Fact]
    public void AnAbsolutePathIsTheProgram()
    {
        var helper = HelperCommand.Of(["/opt/my helper", "--file", "a b"], "store", searchPath: null);
        Assert.Equal("/opt/my helper", helper.Program);
        Assert.Equal(["/opt/my helper", "--file", "a b", "store"], helper.Argv);
    }

    [Fact]
    public void ANameIsOneOfGits()
    {
        using var directory = new TempDirectory();
        var git = directory.Combine("git");
        File.WriteAllText(git, "");
        File.SetUnixFileMode(git, UnixFileMode.UserExecute | UnixFileMode.UserRead);
        var helper = HelperCommand.Of(["cache", "--timeout", "60"], "erase", directory.Path);
        Assert.Equal(git, helper.Program);
        Assert.Equal(["git", "credential-cache", "--timeout", "60", "erase"], helper.Argv);
    }

    [Fact]
    public void WithoutGitThereIsNoHelper() =>
        Assert.Contains("git is not on PATH", Assert.Throws<NoAnswerException>(() => HelperCommand.Of(["cache"], "get", "/nowhere")).Message, StringComparison.Ordinal);
}
