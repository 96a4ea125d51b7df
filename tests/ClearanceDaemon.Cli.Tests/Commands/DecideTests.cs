using ClearanceDaemon.Protocol;
using static ClearanceDaemon.Cli.Tests.DeskDaemon;

namespace ClearanceDaemon.Cli.Tests.Commands;

/// <summary>allow and deny: what is sent, what is shown, and what it exits with.</summary>
public sealed class DecideTests
{
    private const string Full = """{"action":"shell.exec","resource":"/srv","details":{"env":"prod"},"argv":["rm","-r"],"as":"parent"}""";

    [Theory]
    [InlineData("allow", "allowed")]
    [InlineData("deny", "denied")]
    public void TheVerdictCitesTheAskThatWasRead(string verb, string outcome)
    {
        using var desk = new DeskDaemon([Ask(First, Full), Ask(Third)]);
        var run = InProcess.Against(desk.Daemon, verb, "7f3a");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal($$"""{"id":"{{First}}","digest":"{{Digest}}","verdict":"{{verb}}"}""", Assert.Single(desk.Told).GetRawText());
        Assert.Equal($"7f3a0011  shell.exec /srv env=prod -- rm -r, asked via claude by pid 4710\n7f3a0011  {outcome}, 2 waiting requests answered\n", run.Out);
    }

    [Theory]
    [InlineData("""{"kind":"for","duration":"2h"}""", "for 2h", "--for", "2h")]
    [InlineData("""{"kind":"until-exit"}""", "until exit", "--until-exit")]
    [InlineData("""{"kind":"uses","uses":3}""", "3 uses", "--uses", "3")]
    [InlineData("""{"kind":"always"}""", "always", "--always")]
    public void AScopeMakesAGrantBoundToWhatIsDone(string scope, string told, params string[] flags)
    {
        using var desk = new DeskDaemon([Ask(First, Full, """{"project":"/p","title":"t"}""")]);
        var run = InProcess.Against(desk.Daemon, ["allow", First, .. flags]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var verdict = Assert.Single(desk.Told);
        Assert.Equal(scope, verdict.GetProperty("scope").GetRawText());
        Assert.Equal("""["action","resource","details","argv","project"]""", verdict.GetProperty("bind").GetRawText());
        Assert.Contains($"; grant 9c2e0011, {told} until 2026-11-20T12:00:00.000Z, bound to action, resource, argv, details, details.env\n", run.Out);
    }

    [Theory]
    [InlineData("""{"action":"a"}""", "{}", """["action"]""")]
    [InlineData("""{"action":"a","argv":[]}""", """{"title":"t","reason":"r"}""", """["action","argv"]""")]
    [InlineData("""{"action":"a","as":"self","details":{}}""", """{"project":"/p"}""", """["action","details","project"]""")]
    public void OnlyWhatTheAskHasIsBound(string ask, string claimed, string bound)
    {
        using var desk = new DeskDaemon([Ask(First, ask, claimed)]);
        Assert.Equal(0, InProcess.Against(desk.Daemon, "deny", First, "--always").ExitCode);
        Assert.Equal(bound, Assert.Single(desk.Told).GetProperty("bind").GetRawText());
    }

    [Theory]
    [InlineData("""["action","details.env"]""", "--bind", "action,details.env")]
    [InlineData("""["action","title"]""", "--bind", "action", "--bind", "title")]
    [InlineData(null, "--bind", "all")]
    public void BindIsSentAsItWasMeant(string? bound, params string[] flags)
    {
        using var desk = new DeskDaemon([Ask(First, Full)]);
        Assert.Equal(0, InProcess.Against(desk.Daemon, ["allow", First, "--for", "1h", .. flags]).ExitCode);
        var sent = Assert.Single(desk.Told).TryGetProperty("bind", out var bind) ? bind.GetRawText() : null;
        Assert.Equal(bound, sent);
    }

    [Fact]
    public void AReasonAndADigestGoAlong()
    {
        const string Other = "sha256:0000000000000000000000000000000000000000000000000000000000000000";
        using var desk = new DeskDaemon([Ask(First)]);
        Assert.Equal(0, InProcess.Against(desk.Daemon, "deny", First, "--reason", "not today", "--digest", Other).ExitCode);
        Assert.Equal(("not today", Other), (desk.Told.Single().GetProperty("reason").GetString(), desk.Told.Single().GetProperty("digest").GetString()));
    }

    [Fact]
    public void JsonIsTheDaemonsAnswerAndNothingElse()
    {
        using var desk = new DeskDaemon([Ask(First), Ask(Third)]);
        var run = InProcess.Against(desk.Daemon, "allow", First, Third, "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal($"{{\"id\":\"{First}\",\"outcome\":\"allowed\",\"answered\":2}}\n{{\"id\":\"{Third}\",\"outcome\":\"allowed\",\"answered\":2}}\n", run.Out);
    }

    [Fact]
    public void EachIsDecidedAndTheWorstExitCodeStands()
    {
        using var desk = new DeskDaemon([Ask(First), Ask(Second), Ask(Third)]);
        var run = InProcess.Against(desk.Daemon, "allow", "abcd", "7f3a0011", Third, First);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal([First, Third], desk.Told.Select(static told => told.GetProperty("id").GetString()));
        Assert.Contains("abcd: no ask has this id", run.Error);
        Assert.Equal(126, InProcess.Against(desk.Daemon, "allow", "7f3a", "abcd").ExitCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7f3")]
    [InlineData("allow")]
    [InlineData("all")]
    [InlineData("*")]
    [InlineData("7f3g")]
    [InlineData("0x7f3a")]
    public void B54_WhatIsNoIdDecidesNothing(string id)
    {
        using var desk = new DeskDaemon([Ask(First)]);
        InProcess.Against(desk.Daemon, "deny", id).AssertFailed(126, $"\"{id}\"");
        InProcess.Against(desk.Daemon, "allow", First, id).AssertFailed(126, $"\"{id}\"");
        Assert.Empty(desk.Daemon.Lines);
    }

    [Fact]
    public void B54_AnIdOfNoneOrOfSeveralDecidesNothing()
    {
        using var desk = new DeskDaemon([Ask(First), Ask(Second)]);
        InProcess.Against(desk.Daemon, "deny", "0123").AssertFailed(1, "0123: no ask has this id now", "clearance pending");
        InProcess.Against(desk.Daemon, "allow", "7f3a").AssertFailed(126, "7f3a0011, 7f3a0099");
        using var empty = new DeskDaemon();
        InProcess.Against(empty.Daemon, "deny", "7f3a").AssertFailed(1, "7f3a");
        Assert.Empty(desk.Told);
        Assert.Empty(empty.Told);
    }

    [Fact]
    public void B54_NoIdAtAllIsBadUsage()
    {
        using var desk = new DeskDaemon([Ask(First)]);
        InProcess.Against(desk.Daemon, "allow").AssertFailed(126, "clearance allow --help");
        InProcess.Against(desk.Daemon, "deny", "--always").AssertFailed(126, "clearance deny --help");
        InProcess.Against(desk.Daemon, "yes", First).AssertFailed(126, "yes");
        Assert.Empty(desk.Daemon.Lines);
    }

    [Theory]
    [InlineData("--for", "0s")]
    [InlineData("--for", "2 hours")]
    [InlineData("--for", "367d")]
    [InlineData("--uses", "0")]
    [InlineData("--uses", "1000001")]
    [InlineData("--uses", "many")]
    [InlineData("--for", "1h", "--always")]
    [InlineData("--until-exit", "--uses", "2")]
    [InlineData("--bind", "action")]
    [InlineData("--bind", "", "--always")]
    [InlineData("--bind", "action,colour", "--always")]
    [InlineData("--bind", "all,action", "--always")]
    [InlineData("--bind", "details.", "--always")]
    [InlineData("--digest", "sha256:00")]
    [InlineData("--digest", "")]
    [InlineData("--verdict", "allow")]
    public void B54_FlagsThatCannotBeMeantDecideNothing(params string[] flags)
    {
        using var desk = new DeskDaemon([Ask(First)]);
        InProcess.Against(desk.Daemon, ["allow", First, .. flags]).AssertFailed(126, flags[0]);
        Assert.Empty(desk.Daemon.Lines);
    }

    [Theory]
    [InlineData("--for", "366d")]
    [InlineData("--for", "1ms")]
    [InlineData("--uses", "1")]
    [InlineData("--uses", "1000000")]
    public void AScopeAtTheLimitIsTaken(string flag, string value)
    {
        using var desk = new DeskDaemon([Ask(First)]);
        Assert.Equal(0, InProcess.Against(desk.Daemon, "allow", First, flag, value).ExitCode);
        Assert.Contains(value, Assert.Single(desk.Told).GetProperty("scope").GetRawText());
    }

    [Fact]
    public void ADigestIsOfOneAsk()
    {
        using var desk = new DeskDaemon([Ask(First), Ask(Third)]);
        InProcess.Against(desk.Daemon, "allow", First, Third, "--digest", Digest).AssertFailed(126, "--digest");
        Assert.Empty(desk.Daemon.Lines);
    }

    [Theory]
    [InlineData(RpcErrorCode.Expired, "asked again")]
    [InlineData(RpcErrorCode.UnknownRequest, "audit show")]
    [InlineData(RpcErrorCode.DigestMismatch, "clearance pending 7f3a0011")]
    [InlineData(RpcErrorCode.Forbidden, "Because. Do that.")]
    public void ARefusalExits1AndSaysWhatToDo(RpcErrorCode code, string advice)
    {
        using var desk = new DeskDaemon([Ask(First)]) { OnDecide = exchange => exchange.Error((int)code, RpcErrorCodes.Text(code), "Because. Do that.") };
        var run = InProcess.Against(desk.Daemon, "allow", First, "--json");
        run.AssertFailed(1, "7f3a0011 was not decided", RpcErrorCodes.Text(code), "Because. Do that.", advice);
        Assert.DoesNotContain("..", run.Error);
    }

    [Theory]
    [InlineData(RpcErrorCode.InvalidParams, 126)]
    [InlineData(RpcErrorCode.Busy, 127)]
    [InlineData(RpcErrorCode.Unavailable, 127)]
    [InlineData(RpcErrorCode.Internal, 127)]
    public void OtherErrorsAreWhatTheyAreEverywhere(RpcErrorCode code, int exitCode)
    {
        using var desk = new DeskDaemon([Ask(First), Ask(Third)]) { OnDecide = exchange => exchange.Error((int)code, RpcErrorCodes.Text(code), "No.", "scope") };
        var run = InProcess.Against(desk.Daemon, "allow", First, Third, "--json");
        Assert.Equal((exitCode, 2), (run.ExitCode, desk.Told.Count));
        Assert.Contains("7f3a0011: ", run.Error);
        Assert.Contains("(scope): No.", run.Error);
    }

    [Theory]
    [InlineData("""{"id":"7f3a00112233445566778899aabbccdd","outcome":"denied","answered":1}""")]
    [InlineData("""{"id":"9c2e00112233445566778899aabbccdd","outcome":"allowed","answered":1}""")]
    [InlineData("""{"id":"7f3a00112233445566778899aabbccdd","outcome":"allowed"}""")]
    [InlineData("""{}""")]
    public void B29_AnAnswerAboutSomethingElseIsNone(string result)
    {
        using var desk = new DeskDaemon([Ask(First)]) { OnDecide = exchange => exchange.Result(result) };
        InProcess.Against(desk.Daemon, "allow", First, "--json").AssertFailed(127);
    }

    [Fact]
    public void WhatCouldNotBeShownWholeIsWarnedOf()
    {
        using var cleaned = new DeskDaemon([Ask(First, "{\"action\":\"a\",\"resource\":\"x\\u202ey\"}")]);
        var run = InProcess.Against(cleaned.Daemon, "allow", First);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal($"clearance: 7f3a0011: this ask has characters that were not shown as they are. clearance pending 7f3a0011 shows it whole; --digest {Digest} decides about exactly that.\n", run.Error);

        using var cut = new DeskDaemon([Ask(First, $$"""{"action":"a","argv":["{{new string('x', 500)}}","--force"]}""")]);
        var shown = InProcess.Against(cut.Daemon, "deny", First);
        Assert.Equal(0, shown.ExitCode);
        Assert.Contains("ends xxxxxxxx --force)", shown.Out);
        Assert.Contains("longer than what was shown", shown.Error);
        Assert.Equal("", InProcess.Against(cut.Daemon, "deny", First, "--digest", Digest).Error);
    }

    [Fact]
    public void CommandLinesThatDifferNeverLookTheSame()
    {
        static string Shown(string argv)
        {
            using var desk = new DeskDaemon([Ask(First, $$"""{"action":"a","argv":{{argv}}}""")]);
            return InProcess.Against(desk.Daemon, "deny", First).Out;
        }

        string[] lines = ["""["a b"]""", """["a","b"]""", """["'a b'"]""", """["a b",""]""", """["a","b",""]""", """["a\\ b"]""", """["a","b'"]"""];
        Assert.Equal(lines.Length, lines.Select(Shown).Distinct().Count());
    }

    [Fact]
    public void TheDaemonMayBeAwayByThen()
    {
        using var desk = new DeskDaemon([Ask(First)]) { OnDecide = static exchange => exchange.HangUp() };
        InProcess.Against(desk.Daemon, "allow", First, "--json").AssertFailed(127, "closed");
    }

    [Fact]
    public void ColoursAreForAPerson()
    {
        using var desk = new DeskDaemon([Ask(First)]);
        Assert.Contains("\e[32mallowed\e[0m, 2", new InProcess { IsTerminal = true }.Talk(desk.Daemon, "allow", First).Out);
        Assert.Contains("\e[31mdenied\e[0m, 2", new InProcess { IsTerminal = true }.Talk(desk.Daemon, "deny", First).Out);
    }
}
