using System.IO.Pipes;
using System.Text;
using System.Text.Json;

namespace ClearanceDaemon.Cli.Tests.Mcp;

/// <summary><c>clearance mcp</c> on pipes, spoken to in raw lines.</summary>
internal sealed class McpRun : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly AnonymousPipeServerStream _in = new(PipeDirection.Out);
    private readonly AnonymousPipeServerStream _out = new(PipeDirection.In);
    private readonly StreamReader _lines;
    private readonly Task<Outcome> _run;

    public McpRun(FakeDaemon daemon, params string[] flags)
        : this(daemon, TimeSpan.FromSeconds(15), flags)
    {
    }

    public McpRun(FakeDaemon daemon, TimeSpan answerWithin, string[] flags)
    {
        _lines = new StreamReader(_out);
        var process = new InProcess
        {
            AnswerWithin = answerWithin,
            In = new AnonymousPipeClientStream(PipeDirection.In, _in.ClientSafePipeHandle),
            Out = new AnonymousPipeClientStream(PipeDirection.Out, _out.ClientSafePipeHandle),
        };
        _run = Task.Factory.StartNew(() => process.Talk(daemon, ["mcp", .. flags]), TaskCreationOptions.LongRunning);
    }

    public void Send(string line) => _in.Write(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>Asks whether a tool may be used; the answer comes when it comes.</summary>
    public void Ask(int id, string tool, string input, string name = "permission_prompt") => Send(
        $$$"""{"method":"tools/call","params":{"name":"{{{name}}}","arguments":{"tool_name":"{{{tool}}}","input":{{{input}}},"tool_use_id":"toolu_{{{id}}}"},"_meta":{"progressToken":{{{id}}}}},"jsonrpc":"2.0","id":{{{id}}}}""");

    public JsonElement Receive()
    {
        var line = Task.Run(() => _lines.ReadLine());
        Assert.True(line.Wait(Deadline), "no line came");
        return JsonDocument.Parse(line.Result ?? throw new EndOfStreamException("the server closed its output")).RootElement;
    }

    /// <summary>The text of the answer to a tool's call.</summary>
    public static string Text(JsonElement answer)
    {
        var content = Assert.Single(answer.GetProperty("result").GetProperty("content").EnumerateArray());
        Assert.Equal("text", content.GetProperty("type").GetString());
        return content.GetProperty("text").GetString()!;
    }

    /// <summary>A no, and what it says.</summary>
    public static string Denial(JsonElement answer)
    {
        var text = JsonDocument.Parse(Text(answer)).RootElement;
        Assert.Equal("deny", text.GetProperty("behavior").GetString());
        return text.GetProperty("message").GetString()!;
    }

    /// <summary>Ends the input; the server ends too.</summary>
    public Outcome End()
    {
        _in.Dispose();
        Assert.True(_run.Wait(Deadline), "the server is still running");
        return _run.Result;
    }

    public void Dispose()
    {
        End();
        _lines.Dispose();
    }
}
