using System.Text;
using ClearanceDaemon.Cli.Hooks;
using ClearanceDaemon.Cli.Tests.Processes;

namespace ClearanceDaemon.Cli.Tests.Hooks;

/// <summary>Whatever fails, the call is blocked: the failures' half of the table in clearance-hook(1). Both hosts, one cell a test.</summary>
[Collection("XDG_RUNTIME_DIR")]
public sealed class FailClosedTests
{
    private static readonly string[] Hosts = ["claude-code", "codex"];

    public static TheoryData<string, string> BadCalls => new()
    {
        { "", "standard input is empty" },
        { "garbage", "not one JSON object" },
        { "[]", "no JSON object" },
        { "null", "no JSON object" },
        { HookTry.Bash + "x", "not one JSON object" },
        { HookTry.Bash[..^1], "not one JSON object" },
        { "{}", "names no hook_event_name" },
        { """{"hook_event_name":"PreToolUse"}""", "the tool has no name" },
        { """{"hook_event_name":"PreToolUse","tool_name":"Bash"}""", "without its command" },
        { """{"hook_event_name":7,"tool_name":"Bash"}""", "hook_event_name is no string" },
        { """{"hook_event_name":"PreToolUse","tool_name":["Bash"]}""", "tool_name is no string" },
        { """{"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":"ls"}""", "tool_input is no object" },
        { """{"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":["ls"]}}""", "without its command" },
        { """{"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"ls"},"cwd":1}""", "cwd is no string" },
        { """{"hook_event_name":"PreToolUse","tool_name":"mcp__a__b","mcp_server":"a"}""", "mcp_server is no object" },
        { """{"hook_event_name":"PreToolUse","hook_event_name":"Stop","tool_name":"Bash","tool_input":{"command":"ls"}}""", "no member twice" },
        { """{"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"ls","command":"rm"}}""", "no member twice" },
        { """{"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"ls","\u0063ommand":"rm"}}""", "no member twice" },
        { """{"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"a\u0000b"}}""", "U+0000" },
        { """{"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"\ud800"}}""", "half characters" },
        { """{"hook_event_name":"BeforeToolUse","tool_name":"Bash","tool_input":{"command":"ls"}}""", "does not know" },
        { """{"hook_event_name":"pretooluse","tool_name":"Bash","tool_input":{"command":"ls"}}""", "does not know" },
        { """{"hook_event_name":"PreToolUse","tool_name":"Read","tool_input":{"file_path":"x"}}""", "relative" },
        { """{"hook_event_name":"PreToolUse","tool_name":"Write","tool_input":{"file_path":"/x"}}""", "without its content" },
        { """{"hook_event_name":"PreToolUse","tool_name":"WebFetch","tool_input":{"url":"https://evil.example\\@github.com"}}""", "URL cannot be asked about" },
    };

    [Theory]
    [MemberData(nameof(BadCalls))]
    public void B61_ABadCallIsBlocked(string call, string why)
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        Assert.All(Hosts, host => HookTry.Blocked(HookTry.Run(daemon, host, call), why));
        Assert.Empty(daemon.Lines);
    }

    [Fact]
    public void B61_ADeepCallIsBlocked()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        string Deep(int depth) => HookTry.Event("PreToolUse", tool: "mcp__a__b", input: $$"""{"x":{{new string('[', depth)}}{{new string(']', depth)}}}""");
        Assert.All(Hosts, host => Assert.Equal(0, HookTry.Run(daemon, host, Deep(30)).ExitCode));
        Assert.All(Hosts, host => HookTry.Blocked(HookTry.Run(daemon, host, Deep(31)), "deeper than 32"));
        Assert.All(Hosts, host => HookTry.Blocked(HookTry.Run(daemon, host, Deep(1_000_000)), "deeper than 32"));
    }

    [Fact]
    public void B61_BytesThatAreNoUtf8AreBlocked()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        var call = Encoding.Latin1.GetBytes(HookTry.Bash.Replace("npm", "\u00ff", StringComparison.Ordinal));
        Assert.All(Hosts, host => HookTry.Blocked(HookTry.Run(daemon, host, call), "not one JSON object"));
    }

    [Fact]
    public void B61_ACallIsReadToItsEndHoweverLongItIs()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        var call = Encoding.UTF8.GetBytes(HookTry.Event("PreToolUse", tool: "Write", input: """{"file_path":"/x","content":"CONTENT"}"""));
        byte[] Long(int length) => [.. call.AsSpan(0, call.AsSpan().IndexOf("CONTENT"u8)), .. Enumerable.Repeat((byte)'a', length - call.Length + 7), .. call.AsSpan(call.AsSpan().IndexOf("CONTENT"u8) + 7)];
        Assert.Equal(0, HookTry.Run(daemon, "claude-code", Long(HookLimits.InputBytes)).ExitCode);
        var input = new MemoryStream([.. Long(HookLimits.InputBytes + 1), .. new byte[100_000]]);
        var run = new InProcess { In = input }.Talk(daemon, "hook", "codex");
        HookTry.Blocked(run, $"longer than {HookLimits.InputBytes} bytes");
        Assert.Equal(input.Length, input.Position);
    }

    [Fact]
    public void B61_WhatDoesNotFitIsToldByItsHashAndNeverCut()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        var command = new string('x', HookLimits.TextBytes - 13);
        HookTry.Run(daemon, "codex", HookTry.Bash.Replace("npm test", command, StringComparison.Ordinal));
        HookTry.Run(daemon, "codex", HookTry.Bash.Replace("npm test", command + "xxxx", StringComparison.Ordinal));
        var (whole, hashed) = (HookTry.Asked(daemon)[0].GetProperty("details"), HookTry.Asked(daemon)[1].GetProperty("details"));
        Assert.Equal(command, whole.GetProperty("command").GetString());
        Assert.Matches("^sha256:[0-9a-f]{64}$", hashed.GetProperty("command").GetString());
        Assert.Equal(command.Length + 4, hashed.GetProperty("command_bytes").GetInt32());
    }

    [Fact]
    public void TheLongestAskFitsALine()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        string Controls(int count) => string.Concat(Enumerable.Repeat("\\u0001", count));
        var input = $$"""{"file_path":"/{{Controls(HookLimits.PathBytes - 1)}}","description":"{{Controls(1024)}}","old_string":"a","new_string":"b"}""";
        var call = $$"""{"session_id":"{{Controls(900)}}","cwd":"/{{Controls(HookLimits.PathBytes - 1)}}","hook_event_name":"PreToolUse","tool_name":"Edit","tool_input":{{input}}}""";
        Assert.Equal(0, HookTry.Run(daemon, "codex", call).ExitCode);
        Assert.InRange(Assert.Single(daemon.Lines).Length, 60_000, Protocol.ProtocolLimits.AskLineBytes);
    }

    [Theory]
    [InlineData("garbage\n")]
    [InlineData("{}\n")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"outcome\":true,\"id\":\"1\"}}\n")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}\n")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"outcome\":\"allowed\",\"id\":\"1\"}}\n")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"outcome\":\"allowed\",\"id\":\"1\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"outcome\":\"denied\",\"outcome\":\"allowed\",\"id\":\"1\"}}\n")]
    public void B61_AGarbledAnswerIsBlocked(string answer)
    {
        using var daemon = new FakeDaemon(exchange =>
        {
            exchange.Raw(answer);
            exchange.HangUp();
        });
        Assert.All(Hosts, host => HookTry.Blocked(HookTry.Run(daemon, host, HookTry.Bash)));
    }

    [Theory]
    [InlineData(-32003, "busy")]
    [InlineData(-32008, "unavailable")]
    [InlineData(-32602, "invalid_params")]
    [InlineData(-32603, "internal")]
    [InlineData(-32001, "too_large")]
    [InlineData(1, "something new")]
    public void B61_AnErrorIsBlocked(int code, string name)
    {
        using var daemon = new FakeDaemon(exchange => exchange.Error(code, name, "so it is"));
        Assert.All(Hosts, host => HookTry.Blocked(HookTry.Run(daemon, host, HookTry.Bash), "so it is"));
    }

    [Fact]
    public void B61_ADaemonThatGoesAwayMidwayIsBlocked()
    {
        using var daemon = new FakeDaemon(static exchange => exchange.HangUp());
        Assert.All(Hosts, host => HookTry.Blocked(HookTry.Run(daemon, host, HookTry.Bash), "closed the connection"));
    }

    [Fact]
    public void B61_AFrozenOrDrippingDaemonIsBlocked()
    {
        using var frozen = new FakeDaemon(static _ => { });
        HookTry.Blocked(HookTry.Run(frozen, "claude-code", HookTry.Bash, "--wait", "0s"), "answer");
        using var over = new ManualResetEventSlim();
        using var dripping = new FakeDaemon(exchange =>
        {
            while (!over.Wait(50))
            {
                exchange.Raw(" ");
            }
        });
        HookTry.Blocked(HookTry.Run(dripping, "codex", HookTry.Bash, "--wait", "0s"), "no answer within 1s");
        over.Set();
    }

    [Fact]
    public void B61_AHostThatNeverEndsItsCallIsBlockedBeforeItGivesUp()
    {
        using var input = new BrokenStream(hangs: true);
        var run = new InProcess { In = input, AnswerWithin = TimeSpan.FromMilliseconds(100) }.Run("hook", "claude-code", "--wait", "0s");
        HookTry.Blocked(run, "no answer within 100ms");
    }

    [Fact]
    public void B61_InputThatCannotBeReadIsBlocked()
    {
        using var input = new BrokenStream();
        HookTry.Blocked(new InProcess { In = input }.Run("hook", "codex"), "broken");
    }

    [Fact]
    public void B61_AFaultOfOurOwnIsBlocked()
    {
        using var input = new BrokenStream(fault: new InvalidOperationException("so it was meant"));
        HookTry.Blocked(new InProcess { In = input }.Run("hook", "claude-code"), "InvalidOperationException: so it was meant", "please report it");
    }

    [Theory]
    [InlineData("claude-code", "PreToolUse", 2)]
    [InlineData("claude-code", "PermissionRequest", 2)]
    [InlineData("codex", "PermissionRequest", 2)]
    [InlineData("codex", "PreToolUse", 0)] // It is told nothing when a call is allowed, so nothing was lost.
    public void B61_AnAnswerThatNobodyTakesIsNone(string host, string name, int exitCode)
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        using var closed = new BrokenStream();
        var run = new InProcess { In = Input(HookTry.Event(name)), Out = closed }.Talk(daemon, "hook", host);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(exitCode == 2 ? "clearance: the answer could not be written\n" : "", run.Error);
    }

    [Fact]
    public void B61_WithoutStandardErrorCodexIsToldOnStandardOutput()
    {
        // Codex takes exit code 2 without a reason for a failed hook, and standard output only with exit code 0.
        using var daemon = FakeDaemon.Answering("""{"outcome":"denied","id":"1"}""");
        using var closed = new BrokenStream();
        var codex = new InProcess { In = Input(HookTry.Bash), Error = closed }.Talk(daemon, "hook", "codex");
        Assert.Equal(0, codex.ExitCode);
        Assert.True(HookTry.Denies(codex.Json()));
        var claude = new InProcess { In = Input(HookTry.Bash), Error = closed }.Talk(daemon, "hook", "claude-code");
        Assert.Equal(2, claude.ExitCode);
        Assert.True(HookTry.Denies(claude.Json()));
    }

    [Theory]
    [InlineData("hook", "claude-code", "--bogus")]
    [InlineData("hook", "claude-code", "--wait", "soon")]
    [InlineData("hook", "claude-code", "--wait", "2h")]
    [InlineData("hook", "claude-code", "--via", "../x")]
    [InlineData("hook", "codex", "--via", "operator")]
    [InlineData("hook", "codex", "--via", "a", "--ask-socket", "/s")]
    [InlineData("hook", "codex", "extra")]
    [InlineData("hook", "nobody")]
    [InlineData("--instance", "A B", "hook", "codex")]
    public void B61_BadUsageIsBlocked(params string[] args)
    {
        var run = new InProcess { In = Input(HookTry.Bash) }.Run(args);
        HookTry.Blocked(run);
    }

    [Fact]
    public void B61_NobodyThereIsBlocked()
    {
        using var runtime = new TempDirectory();
        foreach (var host in Hosts)
        {
            HookTry.Blocked(Real(host, ("XDG_RUNTIME_DIR", runtime.Path)), $"{runtime.Path}/clearance/ask/clearance.sock");
            HookTry.Blocked(Real(host, ("XDG_RUNTIME_DIR", "relative")), "not an absolute path");
            HookTry.Blocked(Real(host, ("XDG_RUNTIME_DIR", runtime.Path), ("CLEARANCE_SERVER_UID", "nobody")), "not a user id");
        }
    }

    [Fact]
    public void B61_AnotherUsersDaemonIsBlocked()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        HookTry.Blocked(Real("claude-code", ("CLEARANCE_ASK_SOCKET", daemon.Path), ("CLEARANCE_SERVER_UID", "65534")), "expected uid 65534");
        Assert.Empty(daemon.Lines);
    }

    [Fact]
    public void TheRealProcessAnswersAsTheHostReadsIt()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        var run = Real("claude-code", ("CLEARANCE_ASK_SOCKET", daemon.Path));
        Assert.Equal(new Outcome(0, """{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"allow","permissionDecisionReason":"clearance: allowed by rule:github"}}""" + "\n", ""), run);
    }

    [Theory]
    [InlineData("--via", "agent")]
    [InlineData("--instance", "x", "--via", "agent")]
    public void ViaIsTheSocketOfThatName(params string[] flags)
    {
        using var runtime = new RuntimeDirectoryVariable();
        var instance = flags.Contains("x") ? "clearance-x" : "clearance";
        var path = Path.Combine(runtime.Path, instance, "ask.d", "agent", "clearance.sock");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var daemon = new FakeDaemon(static exchange => exchange.Result(Answers.Allowed), path);
        var run = new InProcess { In = Input(HookTry.Bash), Variables = { ["CLEARANCE_ASK_SOCKET"] = "/not/this" } }.Run(["hook", "codex", .. flags]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Single(daemon.Lines);
    }

    private static MemoryStream Input(string call) => new(Encoding.UTF8.GetBytes(call));

    private static Outcome Real(string host, params ReadOnlySpan<(string Name, string? Value)> variables)
    {
        var process = RealProcess.Start(RealProcess.Program, ["hook", host], variables);
        process.StandardInput.Write(HookTry.Bash);
        return RealProcess.Finish(process);
    }
}
