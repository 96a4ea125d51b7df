using System.Text;
using System.Text.Json;
using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Tests.Output;

/// <summary>JSON stays the same value on one line, whatever stood in it.</summary>
public sealed class JsonLineTests
{
    [Theory]
    [InlineData("""{"a":"b","n":1}""")]
    [InlineData("""{"a":"\u001b[2J\\ \" é 日本 😀"}""")]
    [InlineData("[]")]
    public void WhatIsHarmlessIsLeftAlone(string json) => Assert.Equal(json, JsonLine.Harmless(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("{\r\n\t\"a\": 1\n}", "{   \"a\": 1 }")]
    [InlineData("\"\u009b\"", "\"\\u009b\"")]
    [InlineData("\"\u007f\"", "\"\\u007f\"")]
    [InlineData("\"\u202e\"", "\"\\u202e\"")]
    [InlineData("\"\ufeff\"", "\"\\ufeff\"")]
    [InlineData("\"\U000E0041\"", "\"\\udb40\\udc41\"")]
    public void WhatATerminalCouldActOnIsEscaped(string json, string harmless) =>
        Assert.Equal(harmless, JsonLine.Harmless(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void AnyTextKeepsItsValue()
    {
        const int Seed = 20261120;
        var random = new Random(Seed);
        for (var round = 0; round < 2000; round++)
        {
            var text = new StringBuilder();
            for (var i = random.Next(12); i >= 0; i--)
            {
                var value = random.Next(4) == 0 ? random.Next(0x110000) : random.Next(0x20, 0x3000);
                text.Append(Rune.IsValid(value) && value is not (< 0x20 or '"' or '\\') ? new Rune(value).ToString() : "x");
            }

            var harmless = JsonLine.Harmless(Encoding.UTF8.GetBytes($"{{\"t\":\"{text}\"}}"));
            Assert.Equal(text.ToString(), JsonDocument.Parse(harmless).RootElement.GetProperty("t").GetString());
            Assert.DoesNotContain(harmless, static c => char.IsControl(c));
        }
    }
}
