using System.Text.Json;

namespace ClearanceDaemon.Cli.Tests.Commands;

/// <summary>What the flags of ask become on the wire, and which command lines are not asked at all.</summary>
public sealed class AskFlagsTests
{
    [Fact]
    public void EveryFlagHasItsMember()
    {
        var sent = Sent(
            "--action", "deploy.prod", "--resource", "api:443", "--detail", "env=prod", "--detail", "n:=3", "--detail", "dry:=true", "--reason", "R",
            "--title", "T", "--project", "/home/me/app", "--wait", "90s", "--key", "K", "--as", "session", "--", "rm", "-rf", "--json");
        var expected = """{"action":"deploy.prod","resource":"api:443","details":{"env":"prod","n":3,"dry":true},"argv":["rm","-rf","--json"],"title":"T","reason":"R","project":"/home/me/app","as":"session","wait":"90s","key":"K"}""";
        Assert.Equal(expected, sent);
    }

    [Fact]
    public void WhatIsNotGivenIsNotSentAndTheParentIsMeant() => Assert.Equal("""{"action":"a","as":"parent"}""", Sent("--action", "a"));

    [Fact]
    public void TextIsSentAsItIs()
    {
        const string Text = "a\"b\\c\n\u001b[31m\u202e=é😀";
        var sent = JsonDocument.Parse(Sent("--action", "a", "--reason", Text, "--detail", "x=" + Text, "--", Text)).RootElement;
        Assert.Equal(Text, sent.GetProperty("reason").GetString());
        Assert.Equal(Text, sent.GetProperty("details").GetProperty("x").GetString());
        Assert.Equal(Text, sent.GetProperty("argv")[0].GetString());
    }

    [Fact]
    public void AProjectIsSentAsAnAbsolutePath()
    {
        var sent = JsonDocument.Parse(Sent("--action", "a", "--project", "sub")).RootElement;
        Assert.Equal(Path.Combine(Environment.CurrentDirectory, "sub"), sent.GetProperty("project").GetString());
    }

    [Theory]
    [InlineData("--resource=")]
    [InlineData("--resource", "")]
    public void AnEmptyValueDoesNotSwallowTheNextFlag(params string[] resource)
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        var run = InProcess.Against(daemon, ["ask", "--action", "a", .. resource, "--json"]);
        Assert.Equal("allowed", run.Json().GetProperty("outcome").GetString());
        Assert.Contains("\"resource\":\"\"", daemon.Lines.Single());
    }

    [Fact]
    public void WhatFollowsTheDashesIsNeverAFlag()
    {
        var sent = Sent("--action", "a", "--", "--resource=", "--", "--help", "@/etc/passwd");
        Assert.Contains("""["--resource=","--","--help","@/etc/passwd"]""", sent);
    }

    [Fact]
    public void AnArgumentThatStartsWithAtIsNoFileToRead() =>
        Assert.Equal("""{"action":"a","resource":"@/etc/passwd","as":"parent"}""", Sent("--action", "a", "--resource", "@/etc/passwd"));

    [Theory]
    [InlineData("name", "--detail", "=v")]
    [InlineData("name", "--detail", "novalue")]
    [InlineData("name", "--detail", ":=3")]
    [InlineData("integer", "--detail", "n:=3.5")]
    [InlineData("integer", "--detail", "n:=+3")]
    [InlineData("integer", "--detail", "n:=007")]
    [InlineData("integer", "--detail", "n:=")]
    [InlineData("integer", "--detail", "n:=null")]
    [InlineData("integer", "--detail", "n:=9007199254740992")]
    [InlineData("integer", "--detail", "n:=-9223372036854775808")]
    [InlineData("twice", "--detail", "n=1", "--detail", "n:=2")]
    [InlineData("--wait", "--wait", "90")]
    [InlineData("--wait", "--wait", "1.5s")]
    [InlineData("--wait", "--wait", "367d")]
    [InlineData("--wait", "--wait", "")]
    [InlineData("parent", "--as", "root")]
    [InlineData("after --", "stray")]
    [InlineData("after --", "stray", "--", "more")]
    [InlineData("--nope", "--nope")]
    [InlineData("--action", "--action", "b")]
    [InlineData("--resource", "--resource")]
    [InlineData("--project", "--project", "")]
    public void ABadFlagIsNamedAndNothingIsAsked(string named, params string[] flags)
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        InProcess.Against(daemon, ["ask", "--action", "a", .. flags]).AssertFailed(126, named);
        Assert.Empty(daemon.Lines);
    }

    [Theory]
    [InlineData("n:=9007199254740991", "9007199254740991")]
    [InlineData("n:=-9007199254740991", "-9007199254740991")]
    [InlineData("n:=false", "false")]
    [InlineData("n:=0", "0")]
    [InlineData("n=3", "\"3\"")]
    [InlineData("n=", "\"\"")]
    [InlineData("n=a=b:=c", "\"a=b:=c\"")]
    public void ADetailIsTextUnlessItSaysOtherwise(string detail, string value) =>
        Assert.Equal($$$"""{"action":"a","details":{"n":{{{value}}}},"as":"parent"}""", Sent("--action", "a", "--detail", detail));

    [Fact]
    public void TheActionIsRequired()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        InProcess.Against(daemon, "ask").AssertFailed(126, "--action", "clearance ask --help");
    }

    [Fact]
    public void AnAskThatFitsNoLineIsNotSent()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        InProcess.Against(daemon, "ask", "--action", "a", "--", new string('x', 66_000)).AssertFailed(126, "65536", "SHA-256");
        Assert.Empty(daemon.Lines);
    }

    [Fact]
    public void ALongAskThatFitsIsSent()
    {
        var argument = new string('x', 65_300);
        Assert.Contains(argument, Sent("--action", "a", "--", argument));
    }

    private static string Sent(params string[] flags)
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        var run = InProcess.Against(daemon, ["ask", .. flags]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return new Exchange(null!, daemon.Lines.Single()).Params;
    }
}
