using System.Text;
using System.Text.Json;
using ClearanceDaemon.Core.TerokShield;
using ClearanceDaemon.Core.Tests.Server;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.TerokShield;

/// <summary>What is said of a container: plain values, few and short.</summary>
public sealed class DossierTests
{
    [Fact]
    public void Plain_values_are_kept_and_come_out_as_they_came_in()
    {
        const string json = """{"task":"say \"hi\"","n":-1.50e3,"up":true,"off":false,"no":null,"":7}""";
        var dossier = Read(json);
        Assert.Equal([new("task", "say \"hi\"", true), new("n", "-1.50e3", false), new("up", "true", false), new("off", "false", false), new("no", "null", false)], dossier.Members);
        Assert.Equal(1, dossier.Dropped);
        Assert.Equal(json.Replace(",\"\":7", "", StringComparison.Ordinal), Written(dossier));
    }

    [Fact]
    public void A_text_that_looks_like_a_null_is_a_text()
    {
        var dossier = Read("""{"a":"null","b":null}""");
        Assert.Equal([false, true], dossier.Members.Select(static member => member.IsNull));
    }

    [Fact]
    public void Nested_values_are_dropped_and_counted()
    {
        var dossier = Read("""{"a":{"x":1},"b":[1,2],"c":1,"d":{}}""");
        Assert.Equal(("c", 3), (Assert.Single(dossier.Members).Name, dossier.Dropped));
    }

    [Fact]
    public void Members_over_32_are_dropped_and_counted()
    {
        Assert.Equal((32, 0), Sizes(Read(Members(ShieldLimits.DossierMembers))));
        Assert.Equal((32, 1), Sizes(Read(Members(ShieldLimits.DossierMembers + 1))));
    }

    [Fact]
    public void Names_over_64_bytes_are_dropped_and_counted()
    {
        Assert.Equal((1, 0), Sizes(Read($$"""{"{{new string('n', ShieldLimits.DossierNameBytes)}}":1}""")));
        Assert.Equal((0, 1), Sizes(Read($$"""{"{{new string('n', ShieldLimits.DossierNameBytes + 1)}}":1}""")));
    }

    [Fact]
    public void Values_over_4096_bytes_are_dropped_and_counted()
    {
        Assert.Equal((1, 0), Sizes(Read($$"""{"n":"{{new string('v', ShieldLimits.DossierValueBytes)}}"}""")));
        Assert.Equal((0, 1), Sizes(Read($$"""{"n":"{{new string('v', ShieldLimits.DossierValueBytes + 1)}}"}""")));
        Assert.Equal((1, 0), Sizes(Read($$"""{"n":{{new string('1', ShieldLimits.DossierValueBytes)}}}""")));
        Assert.Equal((0, 1), Sizes(Read($$"""{"n":{{new string('1', ShieldLimits.DossierValueBytes + 1)}}}""")));
    }

    [Fact]
    public void An_empty_one_is_the_empty_one()
    {
        Assert.Same(Dossier.Empty, Read("{}"));
        Assert.Equal("{}", Written(Dossier.Empty));
    }

    [Fact]
    public void What_is_written_is_json_whatever_it_says()
    {
        var dossier = Read("""{"a\n\"":"\u001b\\ \ud83d\ude00","b":1}""");
        var written = TestDaemon.Parse(Written(dossier));
        Assert.Equal("\u001b\\ 😀", written.GetProperty("a\n\"").GetString());
        Assert.Equal(JsonValueKind.Number, written.GetProperty("b").ValueKind);
    }

    private static string Members(int count) => "{" + string.Join(',', Enumerable.Range(0, count).Select(static i => $"\"m{i}\":{i}")) + "}";

    private static (int Kept, int Dropped) Sizes(Dossier dossier) => (dossier.Members.Count, dossier.Dropped);

    private static Dossier Read(string json) => Lines.Read<ShieldReport.Notice>(Lines.Notice("shield_up", "c1", $",\"dossier\":{json}")).Dossier;

    private static string Written(Dossier dossier)
    {
        var buffer = new LineBuffer();
        dossier.WriteTo(buffer);
        return Encoding.UTF8.GetString(buffer.Written);
    }
}
