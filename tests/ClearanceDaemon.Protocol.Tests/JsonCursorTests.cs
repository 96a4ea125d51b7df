using System.Text;

namespace ClearanceDaemon.Protocol.Tests;

public sealed class JsonCursorTests
{
    private const string Ask = """ { "action" : "net.connect", "argv":["curl","-\u0073"], "details":{"n":-12,"ok":true,"no":false}, "x":null, "\u0061s":"self" } """;

    [Fact]
    public void It_walks_over_what_a_parameter_reader_needs()
    {
        var seen = new List<string>();
        var json = Cursor(Ask);
        Assert.True(json.TryEnterObject());
        while (json.NextMember(out var name))
        {
            seen.Add(Text(name) + ":" + json.Kind);
            switch (json.Kind)
            {
                case JsonKind.String:
                    Assert.True(json.TryReadString(out var text));
                    seen.Add(Text(text));
                    break;
                case JsonKind.Array:
                    Assert.True(json.TryEnterArray());
                    while (json.NextElement())
                    {
                        Assert.True(json.TryReadString(out var element));
                        seen.Add(Text(element));
                    }

                    break;
                default:
                    seen.Add(Text(json.SkipValue()));
                    break;
            }
        }

        Assert.Equal(JsonKind.End, json.Kind);
        Assert.Equal(
            ["action:String", "net.connect", "argv:Array", "curl", "-s", "details:Object", """{"n":-12,"ok":true,"no":false}""", "x:Null", "null", "as:String", "self"],
            seen);
    }

    [Fact]
    public void Scalars_are_read_by_their_kind_or_not_at_all()
    {
        var json = Cursor("""[1,-9223372036854775808,9223372036854775808,1.5,1e3,"s",true,false,null,{}]""");
        json.TryEnterArray();
        Assert.True(json.NextElement() && json.TryReadInteger(out var number) && number == 1);
        Assert.True(json.NextElement() && json.TryReadInteger(out number) && number == long.MinValue);
        for (var i = 0; i < 3; i++)
        {
            Assert.True(json.NextElement());
            Assert.False(json.TryReadInteger(out _) || json.TryReadString(out _) || json.TryReadBool(out _) || json.TryEnterObject() || json.TryEnterArray());
            json.SkipValue();
        }

        Assert.True(json.NextElement() && !json.TryReadInteger(out _) && json.TryReadString(out var text) && text.SequenceEqual("s"u8));
        Assert.True(json.NextElement() && json.TryReadBool(out var value) && value);
        Assert.True(json.NextElement() && json.TryReadBool(out value) && !value);
        Assert.True(json.NextElement() && !json.TryReadBool(out _) && json.Kind == JsonKind.Null);
        json.SkipValue();
        Assert.True(json.NextElement() && json.TryEnterObject() && !json.NextMember(out _));
        Assert.False(json.NextElement());
    }

    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("[]")]
    [InlineData("""{"a":{"b":[1,2,{"c":"]}\"\\"}]},"d":[]}""")]
    [InlineData("\"a\\\\\"")]
    [InlineData("-1.5e+3")]
    public void A_value_is_skipped_whole(string value)
    {
        var json = Cursor($"[ {value} , 7 ]");
        json.TryEnterArray();
        Assert.True(json.NextElement());
        Assert.Equal(value, Text(json.SkipValue()));
        Assert.True(json.NextElement() && json.TryReadInteger(out var number) && number == 7);
    }

    [Fact]
    public void A_string_without_escapes_is_the_text_itself_and_needs_no_scratch()
    {
        var json = new JsonCursor("{\"name\":\"plain\"}"u8, default);
        Assert.True(json.TryEnterObject() && json.NextMember(out var name) && name.SequenceEqual("name"u8));
        Assert.True(json.TryReadString(out var text) && text.SequenceEqual("plain"u8));
    }

    [Fact]
    public void A_string_that_does_not_fit_scratch_is_not_read_and_such_a_name_is_raw()
    {
        var json = new JsonCursor("{\"\\u0061bc\":\"\\u0061bc\"}"u8, new byte[7]);
        Assert.True(json.TryEnterObject());
        Assert.True(json.NextMember(out var name));
        Assert.Equal("\\u0061bc", Text(name));
        Assert.False(json.TryReadString(out _));
        Assert.Equal("\"\\u0061bc\"", Text(json.SkipValue()));
    }

    [Fact]
    public void Decoding_gives_what_the_base_library_gives()
    {
        var random = new Random(8);
        string[] parts = ["a", "é", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "\\u0041", "\\ud83d\\ude00", "\\uffff", "\\u07ff"];
        for (var round = 0; round < 5000; round++)
        {
            var token = "\"" + string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => parts[random.Next(parts.Length)])) + "\"";
            using var document = System.Text.Json.JsonDocument.Parse(token);
            var json = Cursor(token);
            Assert.True(json.TryReadString(out var text));
            Assert.Equal(document.RootElement.GetString(), Text(text));
        }
    }

    [Fact]
    public void Over_text_that_is_not_json_it_ends_all_the_same()
    {
        var random = new Random(9);
        var seed = Encoding.UTF8.GetBytes(Ask);
        for (var round = 0; round < 50_000; round++)
        {
            var broken = seed.AsSpan(0, random.Next(seed.Length)).ToArray();
            for (var i = 0; i < 3 && broken.Length > 0; i++)
            {
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            }

            Walk(new JsonCursor(broken, new byte[broken.Length]));
        }
    }

    private static void Walk(JsonCursor json)
    {
        json.TryEnterObject();
        while (json.NextMember(out _))
        {
            if (json.TryEnterArray())
            {
                while (json.NextElement() && (json.TryReadString(out _) || json.SkipValue().Length > 0))
                {
                }
            }
            else if (!json.TryReadString(out _) && !json.TryReadInteger(out _))
            {
                json.SkipValue();
            }
        }
    }

    [Theory]
    [InlineData(Ask, true)]
    [InlineData("7", true)]
    [InlineData("", false)]
    [InlineData("{} {}", false)]
    [InlineData("{\"a\":1,\"a\":2}", false)]
    [InlineData("{\"a\":1,\"\\u0061\":2}", false)]
    [InlineData("\"\\u0000\"", false)]
    [InlineData("\"\\ud800\"", false)]
    public void A_cursor_goes_over_what_is_valid(string json, bool valid) => Assert.Equal(valid, JsonCursor.IsValid(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Valid_is_utf8_and_no_deeper_than_the_limit()
    {
        Assert.False(JsonCursor.IsValid([(byte)'"', 0xff, (byte)'"']));
        Assert.True(JsonCursor.IsValid(Encoding.UTF8.GetBytes(new string('[', ProtocolLimits.JsonDepth) + new string(']', ProtocolLimits.JsonDepth))));
        Assert.False(JsonCursor.IsValid(Encoding.UTF8.GetBytes(new string('[', ProtocolLimits.JsonDepth + 1) + new string(']', ProtocolLimits.JsonDepth + 1))));
    }

    private static JsonCursor Cursor(string json)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        return new JsonCursor(utf8, new byte[utf8.Length]);
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
