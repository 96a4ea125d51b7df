using System.Text;

namespace ClearanceDaemon.Cli.Tests.Commands;

/// <summary>
/// Every tool before every way in which a daemon can fail to answer. Each is told no in its own words: an exit code that is not 0,
/// <c>quit=1</c>, <c>deny</c>. Nothing else stands on standard output.
/// </summary>
public sealed class ToolFailureTests
{
    private const string Deny = "{\\\"behavior\\\":\\\"deny\\\"";

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMilliseconds(200);

    public enum Fault
    {
        Away,
        HangsUp,
        DiesInMidLine,
        Babbles,
        AnswersAnother,
        IsUnavailable,
        IsOfAnotherShape,
        NeverAnswers,
    }

    public static MatrixTheoryData<string, Fault> Cells() => new(["exec", "askpass", "git-credential", "mcp"], Enum.GetValues<Fault>());

    [Theory]
    [MemberData(nameof(Cells))]
    public void B61_whatever_goes_wrong_is_a_no(string verb, Fault fault)
    {
        using var daemon = Daemon(fault);
        var run = Run(verb, daemon, fault);
        Assert.Equal(verb is "mcp", run.ExitCode == 0);
        switch (verb)
        {
            case "git-credential":
                Assert.Equal("quit=1\n", run.Out);
                break;
            case "mcp":
                Assert.Contains(Deny, run.Out, StringComparison.Ordinal);
                break;
            default:
                Assert.Equal("", run.Out);
                break;
        }
    }

    private static Outcome Run(string verb, FakeDaemon daemon, Fault fault)
    {
        if (verb == "mcp")
        {
            using var mcp = new Mcp.McpRun(daemon, AnswerWithin, [.. Socket(daemon, fault), "--wait", "0s"]);
            mcp.Ask(1, "Bash", """{"command":"ls"}""");
            var answer = mcp.Receive().GetRawText();
            return new Outcome(mcp.End().ExitCode, answer, "");
        }

        string[] words = verb switch
        {
            "exec" => ["--action", "a", "--", "/bin/false"],
            "askpass" => ["--", "Allow it?"],
            _ => ["--", "/bin/false", "get"],
        };
        return new InProcess
        {
            In = new MemoryStream(Encoding.UTF8.GetBytes("protocol=https\nhost=h\n\n")),
            AnswerWithin = AnswerWithin,
            Variables = { ["SSH_ASKPASS_PROMPT"] = "confirm" },
        }.Talk(daemon, [verb, .. Socket(daemon, fault), "--wait", "0s", .. words]);
    }

    private static string[] Socket(FakeDaemon daemon, Fault fault) => fault == Fault.Away ? ["--ask-socket", daemon.Path + ".none"] : [];

    private static FakeDaemon Daemon(Fault fault) => new(exchange =>
    {
        switch (fault)
        {
            case Fault.HangsUp:
                exchange.HangUp();
                break;
            case Fault.DiesInMidLine:
                exchange.Raw("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"outcome\":\"allowed\",\"id\":\"1\"}}");
                exchange.HangUp();
                break;
            case Fault.Babbles:
                exchange.Raw("allowed\n");
                break;
            case Fault.AnswersAnother:
                exchange.Raw("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"outcome\":\"allowed\",\"id\":\"1\"}}\n");
                break;
            case Fault.IsUnavailable:
                exchange.Error(-32008, "unavailable", "the rules have errors");
                break;
            case Fault.IsOfAnotherShape:
                exchange.Result("\"allowed\"");
                break;
            default:
                break;
        }
    });
}
