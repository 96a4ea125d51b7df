using ClearanceDaemon.Cli.Tests.Processes;

namespace ClearanceDaemon.Cli.Tests.Askpass;

/// <summary>The contract of SSH_ASKPASS: exit code 0 and nothing on standard output mean yes, anything else no.</summary>
public sealed class AskpassTests
{
    private const string Prompt = "Allow use of key me@laptop?\nKey fingerprint SHA256:47DEQpj8HBSa.";

    [Theory]
    [InlineData("allowed", 0)]
    [InlineData("denied", 1)]
    [InlineData("no_operator", 1)]
    [InlineData("timed_out", 1)]
    [InlineData("withdrawn", 1)]
    [InlineData("abstained", 1)]
    [InlineData("other", 127)]
    public void OnlyAllowedIsAYes(string outcome, int exitCode)
    {
        using var daemon = FakeDaemon.Answering($$"""{"outcome":"{{outcome}}","id":"1"}""");
        var run = Run(daemon, "confirm", Prompt);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Out));
        Assert.Equal(exitCode == 0, run.Error.Length == 0);
        Assert.Contains("\"action\":\"ssh.sign\",\"resource\":\"SHA256:47DEQpj8HBSa\",\"details\":{\"comment\":\"me@laptop\"},\"as\":\"parent\"", daemon.Lines.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("yes")]
    public void APassphraseIsRefusedAndNobodyIsAsked(string? kind)
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        Run(daemon, kind, "Enter passphrase for /home/me/.ssh/id_ed25519: ").AssertFailed(1, "askpass only confirms", "ssh-add -c");
        Assert.Empty(daemon.Lines);
    }

    [Fact]
    public void AnAnnouncementIsShownAndNobodyIsAsked()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        var run = Run(daemon, "none", "Confirm user presence for key ED25519-SK\u001b[31m");
        Assert.Equal((0, ""), (run.ExitCode, run.Out));
        Assert.StartsWith("clearance: Confirm user presence for key ED25519-SK", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Error);
        Assert.Empty(daemon.Lines);
    }

    [Fact]
    public void AnAnnouncementIsPlainTextOnTheDesktop()
    {
        using var directory = new TempDirectory();
        var notifier = directory.Combine("notify-send");
        File.WriteAllText(notifier, "#!/bin/sh\nprintf '%s|' \"$@\"\n");
        File.SetUnixFileMode(notifier, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var run = RealProcess.Run(
            RealProcess.Program, ["askpass", "--", "--touch\u001b[31m <b>it</b>"], ("SSH_ASKPASS_PROMPT", "none"), ("PATH", directory.Path));
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^--app-name=clearance\|--\|--touch[^\e]+<b>it</b>\|$", run.Out);
    }

    [Theory]
    [InlineData("askpass")]
    [InlineData("askpass", "--", "one", "two")]
    [InlineData("askpass", "one")]
    public void AnythingButOneSentenceIsRefused(params string[] args)
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        new InProcess { Variables = { ["SSH_ASKPASS_PROMPT"] = "confirm" } }.Talk(daemon, args).AssertFailed(126, "after --");
        Assert.Empty(daemon.Lines);
    }

    [Fact]
    public void TheWaitIsHandedOn()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        Assert.Equal(0, Run(daemon, "confirm", Prompt, "--wait", "5m").ExitCode);
        Assert.Contains("\"wait\":\"5m\"", daemon.Lines.Single(), StringComparison.Ordinal);
        Run(daemon, "confirm", Prompt, "--wait", "soon").AssertFailed(126, "--wait soon");
    }

    [Fact]
    public void ADaemonThatHangsUpIsNoYes()
    {
        using var daemon = new FakeDaemon(static exchange => exchange.HangUp());
        Run(daemon, "confirm", Prompt).AssertFailed(127);
    }

    [Fact]
    public void APromptThatLooksLikeAFlagIsAPrompt()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        Assert.Equal(0, Run(daemon, "confirm", "--help").ExitCode);
        Assert.Contains("\"text\":\"--help\"", daemon.Lines.Single(), StringComparison.Ordinal);
    }

    private static Outcome Run(FakeDaemon daemon, string? kind, string prompt, params string[] flags)
    {
        var process = new InProcess();
        if (kind is not null)
        {
            process.Variables["SSH_ASKPASS_PROMPT"] = kind;
        }

        return process.Talk(daemon, ["askpass", .. flags, "--", prompt]);
    }
}
