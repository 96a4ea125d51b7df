using System.Text.Json;

namespace ClearanceDaemon.Cli.Tests.Commands;

/// <summary>A daemon that is away, dies, hangs, babbles or belongs to someone else: always 127, never 0.</summary>
public sealed class TransportTests
{
    private static readonly string[] Ask = ["ask", "--action", "a"];

    [Fact]
    public void NobodyThere()
    {
        using var directory = new TempDirectory();
        var run = new InProcess { Variables = { ["CLEARANCE_ASK_SOCKET"] = directory.Combine("none") } }.Run(Ask);
        run.AssertFailed(127, directory.Combine("none"), "systemctl --user start");
    }

    [Fact]
    public void ASocketNobodyListensOn()
    {
        string path;
        using (var daemon = FakeDaemon.Answering(Answers.Allowed))
        {
            path = daemon.Path;
        }

        new InProcess { Variables = { ["CLEARANCE_ASK_SOCKET"] = path } }.Run(Ask).AssertFailed(127, path);
    }

    [Fact]
    public void NoDirectoryToLookIn() =>
        new InProcess { Variables = { ["CLEARANCE_ASK_SOCKET"] = "relative" } }.Run(Ask).AssertFailed(126, "CLEARANCE_ASK_SOCKET");

    public static TheoryData<string> Halves() => new(
        "", "{", """{"jsonrpc":"2.0","id":1,"result":{"outcome":"allowed","id":"1"}}""", """{"jsonrpc":"2.0","id":1,"res""");

    [Theory]
    [MemberData(nameof(Halves))]
    public void ADaemonThatDiesInMidReply(string half)
    {
        using var daemon = new FakeDaemon(exchange =>
        {
            exchange.Raw(half);
            exchange.HangUp();
        });
        InProcess.Against(daemon, Ask).AssertFailed(127);
    }

    public static TheoryData<string> Babble() => new(
        "hello\n",
        "\n",
        "{}\n",
        "[]\n",
        """{"jsonrpc":"2.0","id":2,"result":{"outcome":"allowed","id":"1"}}""" + "\n",
        """{"jsonrpc":"2.0","id":"1","result":{"outcome":"allowed","id":"1"}}""" + "\n",
        """{"jsonrpc":"2.0","id":null,"result":{"outcome":"allowed","id":"1"}}""" + "\n",
        """{"jsonrpc":"2.0","result":{"outcome":"allowed","id":"1"}}""" + "\n",
        """{"jsonrpc":"2.0","id":1,"id":1,"result":{"outcome":"allowed","id":"1"}}""" + "\n",
        """{"jsonrpc":"2.0","id":1,"error":{"code":-32008,"message":"x"},"result":{"outcome":"allowed","id":"1"}}""" + "\n",
        "\uFEFF" + """{"jsonrpc":"2.0","id":1,"result":{"outcome":"allowed","id":"1"}}""" + "\n");

    [Theory]
    [MemberData(nameof(Babble))]
    public void ALineThatIsNoAnswerToUs(string line)
    {
        using var daemon = new FakeDaemon(exchange => exchange.Raw(line));
        new InProcess { AnswerWithin = TimeSpan.FromSeconds(1) }.Talk(daemon, [.. Ask, "--wait", "0s"]).AssertFailed(127);
    }

    [Fact]
    public void AHungDaemonDoesNotHangUs()
    {
        using var daemon = new FakeDaemon(_ => { });
        new InProcess { AnswerWithin = TimeSpan.FromMilliseconds(50) }.Talk(daemon, [.. Ask, "--wait", "10ms"]).AssertFailed(127, "did not answer in time");
    }

    [Fact]
    public void AnAnswerWithinTheWaitIsNotTooLate()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        var run = new InProcess { AnswerWithin = TimeSpan.Zero }.Talk(daemon, [.. Ask, "--wait", "1m"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public void AReplyAtTheCapIsReadAndOneOverIsNot()
    {
        using var daemon = new FakeDaemon(exchange =>
        {
            var argument = JsonDocument.Parse(exchange.Params).RootElement.GetProperty("resource").GetString();
            var bare = $$$"""{"jsonrpc":"2.0","id":{{{exchange.Id}}},"result":{"outcome":"allowed","id":""}}""";
            exchange.Raw(bare.Replace("\"\"", "\"" + new string('x', (64 * 1024) - bare.Length + (argument == "over" ? 1 : 0)) + "\"", StringComparison.Ordinal) + "\n");
        });
        Assert.Equal(0, InProcess.Against(daemon, [.. Ask, "--resource", "at"]).ExitCode);
        InProcess.Against(daemon, [.. Ask, "--resource", "over"]).AssertFailed(127, "65536");
    }

    [Fact]
    public void AnAskIsOneLineAndNothingElse()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        _ = InProcess.Against(daemon, Ask);
        Assert.Equal("""{"jsonrpc":"2.0","id":1,"method":"clearance.ask","params":{"action":"a","as":"parent"}}""", Assert.Single(daemon.Lines));
    }

    [Fact]
    public void AnotherUsersUidIsRefusedBeforeAByteIsSent()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        var run = new InProcess { Variables = { ["CLEARANCE_SERVER_UID"] = "4242" } }.Talk(daemon, Ask);
        run.AssertFailed(127, "4242", "CLEARANCE_SERVER_UID");
        Assert.Empty(daemon.Lines);
    }
}
