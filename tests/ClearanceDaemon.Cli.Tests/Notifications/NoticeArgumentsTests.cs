using ClearanceDaemon.Cli.Notifications;

namespace ClearanceDaemon.Cli.Tests.Notifications;

/// <summary>The command line that notify-send gets, and what its answers mean.</summary>
public sealed class NoticeArgumentsTests
{
    [Fact]
    public void B47_TextStandsBehindTheDashesAndNowhereElse()
    {
        var arguments = NoticeArguments.Of(new Notice("--action=x=y", "-w", NoticeButtons.AllowOrDeny, true, TimeSpan.FromMilliseconds(1500)));
        Assert.Equal(
            ["--app-name=Clearance", "--urgency=critical", "--expire-time=1500", "--action=clearance-allow-once=Allow once", "--action=clearance-deny=Deny", "--", "--action=x=y", "-w"],
            arguments);
    }

    [Fact]
    public void WithoutButtonsItWaitsToBeClosed() => Assert.Equal(
        ["--app-name=Clearance", "--urgency=normal", "--wait", "--", "s", "b"],
        NoticeArguments.Of(new Notice("s", "b", NoticeButtons.None, false, TimeSpan.Zero)));

    [Theory]
    [InlineData("a <b>x</b> & \"q\" 'q'", "a &lt;b&gt;x&lt;/b&gt; &amp; \"q\" 'q'")]
    [InlineData("\\074b\\076 \\n \\\\", "\\\\074b\\\\076 \\\\n \\\\\\\\")]
    [InlineData("&lt;", "&amp;lt;")]
    public void B46_BodiesAreEscapedForTheServerAndForNotifySend(string text, string argument) =>
        Assert.Equal(argument, NoticeArguments.Of(new Notice("s", text, NoticeButtons.Deny, false, TimeSpan.Zero))[^1]);

    [Theory]
    [InlineData("clearance-allow-once", NoticeButtons.AllowOrDeny, NoticeAnswer.AllowOnce)]
    [InlineData("clearance-deny", NoticeButtons.AllowOrDeny, NoticeAnswer.Deny)]
    [InlineData("clearance-deny", NoticeButtons.Deny, NoticeAnswer.Deny)]
    [InlineData("clearance-allow-once", NoticeButtons.Deny, NoticeAnswer.Nothing)]
    [InlineData("clearance-deny", NoticeButtons.None, NoticeAnswer.Nothing)]
    [InlineData("default", NoticeButtons.AllowOrDeny, NoticeAnswer.Nothing)]
    [InlineData("", NoticeButtons.AllowOrDeny, NoticeAnswer.Nothing)]
    [InlineData("0", NoticeButtons.AllowOrDeny, NoticeAnswer.Nothing)]
    [InlineData("1", NoticeButtons.AllowOrDeny, NoticeAnswer.Nothing)]
    [InlineData("clearance-allow-once ", NoticeButtons.AllowOrDeny, NoticeAnswer.Nothing)]
    [InlineData("Clearance-Allow-Once", NoticeButtons.AllowOrDeny, NoticeAnswer.Nothing)]
    [InlineData("Allow once", NoticeButtons.AllowOrDeny, NoticeAnswer.Nothing)]
    public void B48_OnlyOurOwnIdsDecide(string line, object offered, object answer) =>
        Assert.Equal((NoticeAnswer)answer, NoticeArguments.Read(line, (NoticeButtons)offered));
}
