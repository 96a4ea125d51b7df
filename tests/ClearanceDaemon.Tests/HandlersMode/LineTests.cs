using System.Text;
using ClearanceDaemon.HandlersMode;

namespace ClearanceDaemon.Tests.HandlersMode;

/// <summary>The pure parts: cutting output into lines, reading answers, reading the process table.</summary>
public sealed class LineTests
{
    private readonly List<string> _lines = [];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void Lines_come_whole_however_they_are_cut(int piece)
    {
        var lines = new OutputLines(10);
        foreach (var part in "one\n\ntwo two\r\n1234567890\nrest"u8.ToArray().Chunk(piece))
        {
            Assert.True(lines.Take(part, Keep));
        }

        Assert.Equal(["one", "", "two two", "1234567890"], _lines);
        Assert.Equal("rest", Encoding.UTF8.GetString(lines.Incomplete));
    }

    [Theory]
    [InlineData("12345678901\n")]
    [InlineData("12345678901")]
    [InlineData("ok\n12345678901x")]
    public void B38_a_line_over_the_cap_ends_it(string text)
    {
        var whole = new OutputLines(10);
        Assert.False(whole.Take(Encoding.UTF8.GetBytes(text), Keep));
        var pieces = new OutputLines(10);
        Assert.Contains(Encoding.UTF8.GetBytes(text).Chunk(1), part => !pieces.Take(part, Keep));
    }

    [Fact]
    public void Nothing_is_taken_after_a_line_that_was_not_wanted()
    {
        var lines = new OutputLines(10);
        Assert.True(lines.Take("a\nb\nc"u8, line => Keep(line) && false));
        Assert.Equal(["a"], _lines);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":{}}""")]
    [InlineData("""  { "result" : {"digest":"x","deep":[[[1]]]}, "id" : 7, "jsonrpc" : "2.0" }  """)]
    [InlineData("""{"jsonrpc":"2.0","id":7,"error":{"code":-1,"message":"no","data":{"x":1}}}""")]
    public void An_answer_is_read(string line)
    {
        var answer = AnswerLine.Read(Encoding.UTF8.GetBytes(line), out var problem);
        Assert.Equal("", problem);
        Assert.Equal(7, answer!.Id);
        Assert.Equal(answer.Result is null, answer.Error is not null);
    }

    [Theory]
    [InlineData("", "strict")]
    [InlineData("null", "not a JSON object")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":{}},"x":{}""", "strict")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":{}}}""", "strict")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":{}} {}""", "strict")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"id":7,"result":{}}""", "strict")]
    [InlineData("""{"id":7,"result":{}}""", "jsonrpc")]
    [InlineData("""{"jsonrpc":"2","id":7,"result":{}}""", "JSON-RPC 2.0")]
    [InlineData("""{"jsonrpc":2.0,"id":7,"result":{}}""", "JSON-RPC 2.0")]
    [InlineData("""{"jsonrpc":"2.0","result":{}}""", "no id")]
    [InlineData("""{"jsonrpc":"2.0","id":"7","result":{}}""", "an id")]
    [InlineData("""{"jsonrpc":"2.0","id":7.0,"result":{}}""", "an id")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":""}}""", "an id")]
    [InlineData("""{"jsonrpc":"2.0","id":7}""", "exactly one")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":{},"error":{"code":1,"message":""}}""", "exactly one")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":[]}""", "not an object")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":null}""", "not an object")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"error":"no"}""", "an error")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"error":{"code":3000000000,"message":""}}""", "an error")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"error":{"code":1}}""", "an error")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"x","result":{}}""", "a member")]
    public void What_is_no_answer_is_told(string line, string problem)
    {
        Assert.Null(AnswerLine.Read(Encoding.UTF8.GetBytes(line), out var told));
        Assert.Contains(problem, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"digest":"sha256:ab"}""", true)]
    [InlineData("""{"x":{"digest":"sha256:ab"}}""", false)]
    [InlineData("""{"digest":"sha256:AB"}""", false)]
    [InlineData("""{"digest":["sha256:ab"]}""", false)]
    public void B60_a_digest_is_cited_or_it_is_not(string result, bool cites) =>
        Assert.Equal(cites, new AnswerLine(1, Encoding.UTF8.GetBytes(result), null).Cites("sha256:ab"));

    [Theory]
    [InlineData("a) S 1 1 (b")]
    [InlineData("a\n) Z 9 9 9")]
    [InlineData("plain")]
    public void B22_a_process_cannot_name_itself_into_another_session(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is Linux's");
        var stat = $"42 ({name}) S 7 42 43 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654 1 2\n";
        Assert.Equal(new ProcessEntry(42, 7, 43, 987654, IsZombie: false), ProcessTable.Parse(Encoding.UTF8.GetBytes(stat)));
    }

    [Fact]
    public void This_process_is_in_the_table()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is Linux's");
        var self = Assert.Single(ProcessTable.Read()!, static entry => entry.Pid == Environment.ProcessId);
        Assert.False(self.IsZombie);
        Assert.Equal(ProcessTable.Parse(File.ReadAllBytes("/proc/self/stat")), self);
        Assert.Null(ProcessTable.Parse("42 (x"u8));
        Assert.Null(ProcessTable.Parse("42 (x) S 1 2 3"u8));
    }

    private bool Keep(ReadOnlySpan<byte> line)
    {
        _lines.Add(Encoding.UTF8.GetString(line));
        return true;
    }
}
