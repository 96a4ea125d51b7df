using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Tests.Commands;

/// <summary>What comes back and the exit code it becomes.</summary>
public sealed class AskOutcomeTests
{
    private const string Advice = "; nobody answers now: run clearance watch in another terminal, then ask again";

    [Theory]
    [InlineData("allowed", 0)]
    [InlineData("denied", 1)]
    [InlineData("no_operator", 2)]
    [InlineData("timed_out", 3)]
    [InlineData("withdrawn", 3)]
    [InlineData("abstained", 4)]
    public void EachOutcomeHasItsExitCode(string outcome, int exitCode)
    {
        using var daemon = FakeDaemon.Answering($$"""{"outcome":"{{outcome}}","id":"{{Answers.Id}}"}""");
        var run = InProcess.Against(daemon, "ask", "--action", "net.connect");
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Error));
        Assert.Equal(outcome.Replace('_', ' ') + (exitCode == 2 ? Advice : "") + "\n", run.Out);
    }

    [Theory]
    [InlineData("""{"outcome":"allowed","id":"1","by":"rule:github"}""", "allowed by rule:github")]
    [InlineData("""{"outcome":"denied","id":"1","by":"rule:no-rm","reason":"use trash-put"}""", "denied by rule:no-rm: use trash-put")]
    [InlineData("""{"outcome":"no_operator","id":"1","by":"default"}""", "no operator (default)" + Advice)]
    [InlineData("""{"outcome":"allowed","id":"1","by":"operator","expires":"2026-11-20T10:00:00.000Z"}""", "allowed by operator, until 2026-11-20T10:00:00.000Z")]
    [InlineData("""{"outcome":"timed_out","id":"1","retryAfter":"30s"}""", "timed out, ask again in 30s")]
    [InlineData("""{"outcome":"no_operator","id":"1","changed":["env","n"]}""", "no operator (a grant fits but for env, n)" + Advice)]
    public void TheLineSaysWhoDecidedAndWhy(string result, string line)
    {
        using var daemon = FakeDaemon.Answering(result);
        Assert.Equal(line + "\n", InProcess.Against(daemon, "ask", "--action", "a").Out);
    }

    [Fact]
    public void WhoAskedForNobodyIsNotSentToWatch()
    {
        using var daemon = FakeDaemon.Answering("""{"outcome":"no_operator","id":"1","by":"default"}""");
        Assert.Equal("no operator (default); nobody was asked: give --wait more than 0s\n", InProcess.Against(daemon, "ask", "--action", "a", "--wait", "0s").Out);
        Assert.Equal("no operator (default)" + Advice + "\n", InProcess.Against(daemon, "ask", "--action", "a", "--wait", "1ms").Out);
    }

    [Theory]
    [InlineData("Allowed")]
    [InlineData("allowed ")]
    [InlineData("granted")]
    [InlineData("")]
    public void AnUnknownOutcomeIsNeverAllowed(string outcome)
    {
        using var daemon = FakeDaemon.Answering($$"""{"outcome":"{{outcome}}","id":"1"}""");
        InProcess.Against(daemon, "ask", "--action", "a").AssertFailed(127, $"\"{outcome}\"");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"outcome":null,"id":"1"}""")]
    [InlineData("""{"outcome":true,"id":"1"}""")]
    [InlineData("""{"outcome":"denied","outcome":"allowed","id":"1"}""")]
    [InlineData("""{"outcome":"\ud800","id":"1"}""")]
    public void AResultOfAnotherShapeIsNoAnswer(string result)
    {
        using var daemon = FakeDaemon.Answering(result);
        InProcess.Against(daemon, "ask", "--action", "a").AssertFailed(127);
    }

    [Fact]
    public void JsonIsTheResultAsItCame()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        var run = InProcess.Against(daemon, "ask", "--action", "a", "--json");
        Assert.Equal((0, Answers.Allowed + "\n", ""), (run.ExitCode, run.Out, run.Error));
    }

    [Fact]
    public void JsonOfADenialStillExits1()
    {
        using var daemon = FakeDaemon.Answering("""{"outcome":"denied","id":"1","by":"rule:r","reason":"no"}""");
        var run = InProcess.Against(daemon, "ask", "--action", "a", "--json");
        Assert.Equal((1, "no"), (run.ExitCode, run.Json().GetProperty("reason").GetString()));
    }

    public static TheoryData<RpcErrorCode> Errors() => new(Enum.GetValues<RpcErrorCode>().Where(static code => code != RpcErrorCode.None));

    [Theory]
    [MemberData(nameof(Errors))]
    public void EveryErrorIs127ButBadParameters(RpcErrorCode code)
    {
        using var daemon = new FakeDaemon(exchange => exchange.Error((int)code, RpcErrorCodes.Text(code), "Because. Do that.", "argv"));
        var exitCode = code == RpcErrorCode.InvalidParams ? 126 : 127;
        var run = InProcess.Against(daemon, "ask", "--action", "a");
        run.AssertFailed(exitCode, "Because. Do that.", "argv");
        if (exitCode == 127)
        {
            Assert.Contains(RpcErrorCodes.Text(code), run.Error);
        }
    }

    [Fact]
    public void AnErrorOfALaterProtocolIs127()
    {
        using var daemon = new FakeDaemon(exchange => exchange.Error(-32099, "on_holiday", "Not today."));
        InProcess.Against(daemon, "ask", "--action", "a").AssertFailed(127, "on_holiday", "Not today.");
    }

    [Fact]
    public void WaitingIsToldToAPersonOnly()
    {
        static void Script(Exchange exchange)
        {
            exchange.Raw($$$"""{"jsonrpc":"2.0","method":"clearance.asked","params":{"request":1,"id":"7f3a","digest":"sha256:00","deadline":"2026-11-20T10:00:00.000Z"}}""" + "\n");
            exchange.Result(Answers.Allowed);
        }

        using var daemon = new FakeDaemon(Script);
        var quiet = InProcess.Against(daemon, "ask", "--action", "a");
        Assert.Equal((0, ""), (quiet.ExitCode, quiet.Error));
        var watched = new InProcess { IsTerminal = true }.Talk(daemon, "ask", "--action", "a", "--color", "never");
        Assert.Equal(0, watched.ExitCode);
        Assert.Contains("7f3a", watched.Error);
        Assert.Contains("2026-11-20T10:00:00.000Z", watched.Error);
        Assert.Equal("allowed by rule:github\n", watched.Out);
    }

    [Fact]
    public void AnAnswerThatCannotBeWrittenIsNoAnswer()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var run = new InProcess { Out = full }.Talk(daemon, "ask", "--action", "a");
        run.AssertFailed(127);
    }
}
