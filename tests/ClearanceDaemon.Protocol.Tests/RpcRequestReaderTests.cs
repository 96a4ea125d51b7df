using System.Text;
using static ClearanceDaemon.Protocol.Tests.RequestLines;

namespace ClearanceDaemon.Protocol.Tests;

public sealed class RpcRequestReaderTests
{
    [Fact]
    public void A_request_is_taken_apart()
    {
        var read = Read("""{"jsonrpc":"2.0","id":12,"method":"clearance.ask","params":{"action":"net.connect"}}""");
        Assert.Equal((RpcErrorCode.None, "12", "clearance.ask", """{"action":"net.connect"}"""), (read.Code, read.Id, read.Method, read.Params));
    }

    [Fact]
    public void Order_and_space_do_not_matter()
    {
        var read = Read(" \t{ \"params\" : { } , \"method\" : \"m\" ,\r\"id\" : \"a b\" , \"jsonrpc\" : \"2.0\" } ");
        Assert.Equal((RpcErrorCode.None, "\"a b\"", "m", "{ }"), (read.Code, read.Id, read.Method, read.Params));
    }

    [Fact]
    public void Params_may_be_left_out()
    {
        var read = Read("""{"jsonrpc":"2.0","id":1,"method":"clearance.ping"}""");
        Assert.Equal((true, ""), (read.Accepted, read.Params));
    }

    [Fact]
    public void Names_and_method_are_compared_decoded()
    {
        var read = Read("""{"jsonrpc":"2.0","\u0069d":1,"m\u0065thod":"clearance\u002eping","par\u0061ms":{}}""");
        Assert.Equal((true, "1", "clearance.ping", "{}"), (read.Accepted, read.Id, read.Method, read.Params));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-1")]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    [InlineData("\"\"")]
    [InlineData("\"a\\u0041\\n\"")]
    [InlineData("\"\\ud83d\\ude00\"")]
    public void An_id_is_echoed_as_it_was_sent(string id)
    {
        var read = Read($$"""{"jsonrpc":"2.0","id":{{id}},"method":"m"}""");
        Assert.Equal((RpcErrorCode.None, id), (read.Code, read.Id));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("1.0")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("1E0")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\u0000\"")]
    public void Any_other_id_is_refused_and_not_echoed(string id)
    {
        var read = Read($$"""{"jsonrpc":"2.0","id":{{id}},"method":"m"}""");
        Assert.Equal((RpcErrorCode.InvalidRequest, ""), (read.Code, read.Id));
    }

    [Theory]
    [InlineData("a", 1)]
    [InlineData("é", 2)]
    [InlineData("\\u0041", 1)]
    [InlineData("\\ud83d\\ude00", 4)]
    public void An_id_of_128_decoded_bytes_is_taken_and_one_byte_more_is_not(string unit, int bytes)
    {
        var full = string.Concat(Enumerable.Repeat(unit, ProtocolLimits.IdBytes / bytes));
        var good = Read($$"""{"jsonrpc":"2.0","id":"{{full}}","method":"m"}""");
        Assert.Equal((RpcErrorCode.None, $"\"{full}\""), (good.Code, good.Id));

        var bad = Read($$"""{"jsonrpc":"2.0","id":"{{full}}x","method":"m"}""");
        Assert.Equal((RpcErrorCode.InvalidRequest, "id", ""), (bad.Code, bad.Member, bad.Id));
    }

    [Theory]
    [InlineData("""{"id":1,"method":"m"}""", "jsonrpc")]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"m"}""", "jsonrpc")]
    [InlineData("""{"jsonrpc":2.0,"id":1,"method":"m"}""", "jsonrpc")]
    [InlineData("""{"jsonrpc":"2.0","id":1}""", "method")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":7}""", "method")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":null}""", "method")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","params":[]}""", "params")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","params":null}""", "params")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","extra":0}""", "extra")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","result":{}}""", "result")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","Method":"m"}""", "Method")]
    [InlineData("""{"bad":0,"jsonrpc":"2.0","method":"m","id":1}""", "bad")]
    public void A_wrong_envelope_names_the_member_and_echoes_the_id(string line, string member)
    {
        var read = Read(line);
        Assert.Equal((RpcErrorCode.InvalidRequest, member, "1"), (read.Code, read.Member, read.Id));
        Assert.NotEmpty(read.Message);
    }

    [Fact]
    public void A_request_without_an_id_is_refused()
    {
        var read = Read("""{"jsonrpc":"2.0","method":"m"}""");
        Assert.Equal((RpcErrorCode.InvalidRequest, "id", ""), (read.Code, read.Member, read.Id));
    }

    [Theory]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"m"}]""", RpcErrorCode.InvalidRequest)]
    [InlineData("[]", RpcErrorCode.InvalidRequest)]
    [InlineData("1", RpcErrorCode.InvalidRequest)]
    [InlineData("\"text\"", RpcErrorCode.InvalidRequest)]
    [InlineData("null", RpcErrorCode.InvalidRequest)]
    [InlineData("{}", RpcErrorCode.InvalidRequest)]
    [InlineData("[1,", RpcErrorCode.ParseError)]
    [InlineData("", RpcErrorCode.ParseError)]
    [InlineData(" ", RpcErrorCode.ParseError)]
    [InlineData("GET / HTTP/1.1", RpcErrorCode.ParseError)]
    public void What_is_no_object_is_refused(string line, RpcErrorCode code) => Assert.Equal((code, ""), (Read(line).Code, Read(line).Id));

    [Fact]
    public void A_byte_order_mark_is_refused_and_the_id_still_found()
    {
        var read = Read("\uFEFF" + Request("{}"));
        Assert.Equal((RpcErrorCode.InvalidRequest, "7"), (read.Code, read.Id));
    }

    [Theory]
    [InlineData(new byte[] { 0xff })]
    [InlineData(new byte[] { 0xc0, 0x80 })]
    [InlineData(new byte[] { 0xed, 0xa0, 0x80 })]
    [InlineData(new byte[] { 0xf5, 0x80, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xe2, 0x82 })]
    public void Bytes_that_are_not_UTF_8_are_not_JSON(byte[] bytes)
    {
        byte[] line = [.. "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"m\",\"params\":{\"action\":\""u8, .. bytes, .. "\"}}"u8];
        Assert.Equal((RpcErrorCode.ParseError, "3"), (Read(line).Code, Read(line).Id));

        byte[] inId = [.. "{\"jsonrpc\":\"2.0\",\"id\":\""u8, .. bytes, .. "\",\"method\":\"m\"}"u8];
        Assert.Equal((RpcErrorCode.ParseError, ""), (Read(inId).Code, Read(inId).Id));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":9,"method":"m"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":9,"method":"m"} {}""")]
    [InlineData("""{"jsonrpc":"2.0","id":9,"method":"m","params":{""")]
    [InlineData("""{"jsonrpc":"2.0","id":9,"method":"m",}""")]
    [InlineData("""{"jsonrpc":"2.0","id":9,"method":"m" "x":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":9,"method":"m","params":{"a":}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":9,"method":"m""")]
    public void The_id_is_echoed_when_it_was_read_before_the_line_broke(string line) =>
        Assert.Equal((RpcErrorCode.ParseError, "9"), (Read(line).Code, Read(line).Id));

    [Fact]
    public void Of_two_ids_none_is_echoed()
    {
        var read = Read("""{"jsonrpc":"2.0","id":1,"id":2,"method":"m","id":3}""");
        Assert.Equal((RpcErrorCode.InvalidRequest, "", "id"), (read.Code, read.Id, read.Member));
    }

    [Fact]
    public void A_long_wrong_name_is_not_sent_back()
    {
        var name = new string('n', ProtocolLimits.DetailNameBytes);
        Assert.Equal(name, Read($$"""{"{{name}}":1}""").Member);
        Assert.Equal("", Read($$"""{"{{name}}n":1}""").Member);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var good = Encoding.UTF8.GetBytes(Request("""{"action":"net.connect","resource":"api.github.com:443","details":{"proto":"tcp","n":12}}"""));
        var bad = Encoding.UTF8.GetBytes(Request("""{"action":"a","action":"b"}"""));
        ReadBoth(good, bad);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ReadBoth(good, bad);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void ReadBoth(byte[] good, byte[] bad)
    {
        for (var i = 0; i < 1000; i++)
        {
            if (!RpcRequestReader.TryRead(good, out _, out _) || RpcRequestReader.TryRead(bad, out _, out _))
            {
                throw new InvalidOperationException("wrong outcome");
            }
        }
    }
}
