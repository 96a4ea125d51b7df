using System.Text;
using static ClearanceDaemon.Protocol.Tests.RequestLines;

namespace ClearanceDaemon.Protocol.Tests;

/// <summary>The grammar and the strictness beyond it, everywhere in a line.</summary>
public sealed class StrictJsonTests
{
    private const int ObjectsAroundParams = 1;

    [Theory]
    [InlineData("{\"a\":[]}")]
    [InlineData("{\"a\":[{},[],\"\",0,true,false,null]}")]
    [InlineData("{\"a\":[ 1 , 2 ],\"b\":{ \"c\" : { } }}")]
    [InlineData("{\"a\":[0,-0,10,-1.5,1e9,1E+9,1.25e-3]}")]
    [InlineData("{\"\":1}")]
    [InlineData("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00é😀\"}")]
    [InlineData("{\"a\":\"\u007f\u0080\u2028\uffff\"}")]
    public void Json_is_taken(string parameters) => Assert.Equal(RpcErrorCode.None, Read(Request(parameters)).Code);

    [Theory]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":-}")]
    [InlineData("{\"a\":+1}")]
    [InlineData("{\"a\":.5}")]
    [InlineData("{\"a\":1.}")]
    [InlineData("{\"a\":1e}")]
    [InlineData("{\"a\":1e+}")]
    [InlineData("{\"a\":0x10}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":Infinity}")]
    [InlineData("{\"a\":True}")]
    [InlineData("{\"a\":tru}")]
    [InlineData("{\"a\":nulls}")]
    [InlineData("{\"a\":'b'}")]
    [InlineData("{a:1}")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{,\"a\":1}")]
    [InlineData("{\"a\":1,,\"b\":1}")]
    [InlineData("{\"a\":[1,]}")]
    [InlineData("{\"a\":[,1]}")]
    [InlineData("{\"a\":[1 2]}")]
    [InlineData("{\"a\":[1}}")]
    [InlineData("{\"a\":{]}")]
    [InlineData("{\"a\":1]")]
    [InlineData("{\"a\":\"\\x\"}")]
    [InlineData("{\"a\":\"\\u12g4\"}")]
    [InlineData("{\"a\":\"\\u12\"}")]
    [InlineData("{\"a\":\"\t\"}")]
    [InlineData("{\"a\":\"\0\"}")]
    [InlineData("{\"a\":1}//x")]
    [InlineData("{/**/}")]
    public void What_is_not_json_is_a_parse_error(string parameters)
    {
        var read = Read(Request(parameters));
        Assert.Equal((RpcErrorCode.ParseError, "7"), (read.Code, read.Id));
    }

    [Fact]
    public void B33_depth_32_is_read_and_33_is_refused()
    {
        Assert.Equal(RpcErrorCode.None, Read(Request(Nested(ProtocolLimits.JsonDepth - ObjectsAroundParams, '{'))).Code);
        Assert.Equal(RpcErrorCode.None, Read(Request(Nested(ProtocolLimits.JsonDepth - ObjectsAroundParams, '['))).Code);
        foreach (var kind in "{[")
        {
            var read = Read(Request(Nested(ProtocolLimits.JsonDepth - ObjectsAroundParams + 1, kind)));
            Assert.Equal((RpcErrorCode.InvalidRequest, "7"), (read.Code, read.Id));
            Assert.Contains("32", read.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void B33_a_hundred_thousand_brackets_end_at_the_first_that_is_too_deep(string bracket)
    {
        var line = string.Concat(Enumerable.Repeat(bracket, 100_000));
        Assert.Equal(RpcErrorCode.InvalidRequest, Read(line).Code);
        Assert.Equal(RpcErrorCode.InvalidRequest, Read(Request("{\"a\":" + line)).Code);
    }

    [Theory]
    [InlineData("""{"action":"read","action":"exec"}""")]
    [InlineData("""{"action":"read","\u0061ction":"exec"}""")]
    [InlineData("""{"\u0061ction":"read","action":"exec"}""")]
    [InlineData("""{"\u0061ction":"read","a\u0063tion":"exec"}""")]
    [InlineData("""{"details":{"a":1,"b":2,"a":3}}""")]
    [InlineData("""{"x":[[{"a":1},{"deep":{"q":{},"q":{}}}]]}""")]
    [InlineData("""{"":1,"":2}""")]
    [InlineData("""{"😀":1,"\ud83d\ude00":2}""")]
    [InlineData("""{"a/b":1,"a\/b":2}""")]
    public void B34_duplicate_members_are_refused_at_any_depth(string parameters)
    {
        var read = Read(Request(parameters));
        Assert.Equal((RpcErrorCode.InvalidRequest, "7"), (read.Code, read.Id));
        Assert.Contains("twice", read.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"a","method":"b"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"a","\u006dethod":"b"}""")]
    [InlineData("""{"jsonrpc":"2.0","jsonrpc":"2.0","id":7,"method":"a"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"a","params":{},"params":{"action":"x"}}""")]
    public void B34_and_in_the_envelope(string line) => Assert.Equal((RpcErrorCode.InvalidRequest, "7"), (Read(line).Code, Read(line).Id));

    [Theory]
    [InlineData("""{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}""")]
    [InlineData("""{"a":1,"A":1,"a ":1,"aa":1,"\u0061b":1,"":1}""")]
    [InlineData("""{"ab":1,"axb":1,"ayb":1,"bb":{"ab":1,"\u0061c":2},"ac":3}""")]
    public void B34_equal_names_in_different_objects_and_similar_names_in_one_are_no_duplicates(string parameters) =>
        Assert.Equal(RpcErrorCode.None, Read(Request(parameters)).Code);

    [Theory]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(18)]
    [InlineData(10_000)]
    public void B34_a_duplicate_is_found_in_an_object_of_any_size(int members)
    {
        Assert.Equal(RpcErrorCode.None, Read(Request(Wide(members, last: "other"))).Code);
        foreach (var index in new[] { 0, 1, members / 2, members - 1 })
        {
            Assert.Equal(RpcErrorCode.InvalidRequest, Read(Request(Wide(members, last: $"n{index}"))).Code);
            Assert.Equal(RpcErrorCode.InvalidRequest, Read(Request(Wide(members, last: $"\\u006e{index}"))).Code);
        }
    }

    [Fact]
    public void B34_large_objects_inside_large_objects_keep_their_names_apart()
    {
        var inner = Wide(40, last: "z");
        var outer = new StringBuilder("{");
        for (var i = 0; i < 40; i++)
        {
            outer.Append("\"n").Append(i).Append("\":").Append(inner).Append(',');
        }

        Assert.Equal(RpcErrorCode.None, Read(Request(outer + "\"m\":1}")).Code);
        Assert.Equal(RpcErrorCode.InvalidRequest, Read(Request(outer + "\"n39\":1}")).Code);
    }

    [Fact]
    public void B34_an_operators_line_full_of_members_is_read()
    {
        var line = Request(Wide(94_000, last: "z"));
        Assert.InRange(line.Length, ProtocolLimits.OperatorLineBytes * 9 / 10, ProtocolLimits.OperatorLineBytes);
        Assert.Equal(RpcErrorCode.None, Read(line).Code);
        Assert.Equal(RpcErrorCode.InvalidRequest, Read(Request(Wide(94_000, last: "n93999"))).Code);
    }

    [Theory]
    [InlineData("""{"S":1}""")]
    [InlineData("""{"action":"S"}""")]
    [InlineData("""{"details":{"S":"x"}}""")]
    [InlineData("""{"details":{"a":"xS"}}""")]
    [InlineData("""{"argv":["ok","Sx"]}""")]
    public void B35_a_lone_surrogate_is_an_invalid_request_in_any_string(string template)
    {
        foreach (var lone in new[] { "\\ud800", "\\udbff", "\\udc00", "\\uDFFF", "\\ud800\\ud800", "\\ud800\\u0041", "\\ud800x", "\\ude00\\ud83d" })
        {
            var read = Read(Request(template.Replace("S", lone, StringComparison.Ordinal)));
            Assert.Equal((RpcErrorCode.InvalidRequest, "7"), (read.Code, read.Id));
            Assert.Contains("surrogate", read.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"\ud800"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"m","\ud800":1}""")]
    [InlineData("""{"jsonrpc":"\ud800","id":7,"method":"m"}""")]
    public void B35_and_in_the_envelope(string line) => Assert.Equal((RpcErrorCode.InvalidRequest, "7"), (Read(line).Code, Read(line).Id));

    [Theory]
    [InlineData("""{"a":"\u0000"}""")]
    [InlineData("""{"a\u0000":1}""")]
    [InlineData("""{"a":[{"b":"x\u0000y"}]}""")]
    public void U_0000_is_an_invalid_request_in_any_string(string parameters)
    {
        var read = Read(Request(parameters));
        Assert.Equal((RpcErrorCode.InvalidRequest, "7"), (read.Code, read.Id));
        Assert.Contains("U+0000", read.Message, StringComparison.Ordinal);
    }

    private static string Nested(int depth, char kind)
    {
        // The outermost is params itself, an object either way.
        var open = kind == '{' ? "{\"a\":" : "[";
        var close = kind == '{' ? "}" : "]";
        return "{\"a\":" + string.Concat(Enumerable.Repeat(open, depth - 1)) + "1" + string.Concat(Enumerable.Repeat(close, depth - 1)) + "}";
    }

    private static string Wide(int members, string last)
    {
        var text = new StringBuilder("{");
        for (var i = 0; i < members; i++)
        {
            text.Append("\"n").Append(i).Append("\":").Append(i % 10).Append(',');
        }

        return text.Append('"').Append(last).Append("\":0}").ToString();
    }
}
