using System.Text;

namespace ClearanceDaemon.Protocol.Tests;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("{}", "{}")]
    [InlineData(" [ ] ", "[]")]
    [InlineData("""{ "b" : 1 , "a" : [ true , false , null , -0 , 12 ] }""", """{"a":[true,false,null,0,12],"b":1}""")]
    [InlineData("""{"a":{"z":{"y":1,"x":2}},"A":""}""", """{"A":"","a":{"z":{"x":2,"y":1}}}""")]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData("-9007199254740991", "-9007199254740991")]
    public void The_form_is_canonical(string json, string canonical) => Assert.Equal(canonical, Canonical(json));

    [Theory]
    [InlineData("9007199254740992")]
    [InlineData("-9007199254740992")]
    [InlineData("1.0")]
    [InlineData("""{"a":[1e3]}""")]
    [InlineData("""{"a":1,"b":99999999999999999999}""")]
    public void Other_numbers_are_refused_and_nothing_is_written(string json)
    {
        var output = new LineBuffer();
        output.Raw("before"u8);
        Assert.False(CanonicalJson.TryWrite(output, Encoding.UTF8.GetBytes(json)));
        Assert.Equal("before", Encoding.UTF8.GetString(output.Written));
    }

    [Fact]
    public void Strings_are_escaped_as_RFC_8785_section_3_2_2_2_shows() => Assert.Equal(
        "{\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
        Canonical("""{"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/"}"""));

    [Fact]
    public void Every_control_has_the_shortest_escape_and_nothing_else_has_one() => Assert.Equal(
        "\"\\u0000\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f \u007f\u0080\u2028é😀\"",
        Canonical("\"\\u0000\\u0001\\u0008\\u0009\\u000A\\u000B\\u000C\\u000D\\u001F\\u0020\\u007f\\u0080\\u2028\\u00e9\\ud83d\\ude00\""));

    [Fact]
    public void Members_are_sorted_as_RFC_8785_section_3_2_3_shows()
    {
        const string Json = """{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}""";
        Assert.Equal(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
            Canonical(Json));
    }

    [Fact]
    public void Names_compare_as_their_UTF_16_code_units()
    {
        var random = new Random(7);
        int[] interesting = ['a', 'b', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfb33, 0xffff, 0x10000, 0x1f600, 0x10ffff];
        for (var round = 0; round < 50_000; round++)
        {
            string left = Text(random, interesting), right = Text(random, interesting);
            var expected = Math.Sign(string.CompareOrdinal(left, right));
            Assert.Equal(expected, Math.Sign(CanonicalJson.CompareNames(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right))));
        }
    }

    private static string Text(Random random, int[] from) =>
        string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => char.ConvertFromUtf32(from[random.Next(from.Length)])));

    private static string Canonical(string json)
    {
        var output = new LineBuffer();
        Assert.True(CanonicalJson.TryWrite(output, Encoding.UTF8.GetBytes(json)));
        return Encoding.UTF8.GetString(output.Written);
    }
}
