using System.Text;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.External;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.TerokShield;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.TerokShield;

/// <summary>How a connection that was held back reads as an ask.</summary>
public sealed class ShieldAskTests
{
    [Fact]
    public void A_report_becomes_an_ask_with_all_that_is_known()
    {
        var ask = Ask(Lines.Pending);
        Assert.Equal(
            ("net.connect", "example.com:443", "terok-shield", "container c1", "p", "task: t, name: n"),
            (Text(ask, AskMember.Action), Text(ask, AskMember.Resource), Text(ask, AskMember.Via), Text(ask, AskMember.Title), Text(ask, AskMember.Project), Text(ask, AskMember.Reason)));
        Assert.Equal("""{"container":"c1","proto":"tcp"}""", Details(ask));
        Assert.Equal(1000u, ask.Uid);
        Assert.False(ask.Has(AskMember.As));
        Assert.False(ask.HasArgv);
    }

    [Theory]
    [InlineData("\"dest\":\"1.2.3.4\",\"port\":443", "1.2.3.4:443", """{"container":"c1","dest":"1.2.3.4"}""")]
    [InlineData("\"dest\":\"2001:db8::1\",\"port\":443,\"proto\":17", "[2001:db8::1]:443", """{"container":"c1","proto":"udp","dest":"2001:db8::1"}""")]
    [InlineData("\"dest\":\"2001:db8::1\"", "2001:db8::1", """{"container":"c1","dest":"2001:db8::1"}""")]
    [InlineData("\"dest\":\"1.2.3.4\",\"port\":0,\"proto\":1", "1.2.3.4", """{"container":"c1","proto":1,"dest":"1.2.3.4"}""")]
    [InlineData("\"dest\":\"1.2.3.4\",\"domain\":\"a.example\"", "a.example", """{"container":"c1"}""")]
    [InlineData("\"dest\":\"B.example.\",\"domain\":\"\",\"port\":53", "b.example:53", """{"container":"c1","dest":"b.example"}""")]
    public void The_resource_is_the_name_or_else_the_address_with_the_port(string members, string resource, string details)
    {
        var ask = Ask($$"""{"type":"pending","container":"c1",{{members}}}""");
        Assert.Equal(resource, Text(ask, AskMember.Resource));
        Assert.Equal(details, Details(ask));
    }

    [Fact]
    public void A_burst_to_several_addresses_of_one_name_is_one_ask()
    {
        var digests = Enumerable.Range(1, 5).Select(static i => Lines.Pending.Replace("1.2.3.4", $"1.2.3.{i}", StringComparison.Ordinal).Replace("c1:7", $"c1:{i}", StringComparison.Ordinal))
            .Select(Ask).Select(static ask => Encoding.UTF8.GetString(AskDigest.Compute(ask))).Distinct();
        Assert.Single(digests);
    }

    [Theory]
    [InlineData("c1\"", "c2\"")]
    [InlineData("example.com", "example.org")]
    [InlineData("443", "444")]
    [InlineData("\"proto\":6", "\"proto\":17")]
    [InlineData("\"task\":\"t\"", "\"task\":\"u\"")]
    public void What_matters_makes_another_ask(string from, string to)
    {
        var (one, other) = (Ask(Lines.Pending), Ask(Lines.Pending.Replace(from, to, StringComparison.Ordinal)));
        Assert.NotEqual(AskDigest.Compute(one), AskDigest.Compute(other));
    }

    [Fact]
    public void B60_what_was_not_said_is_absent()
    {
        var ask = Ask("""{"type":"pending","container":"c1","dest":"1.2.3.4","dossier":{"project":"","task":null}}""");
        Assert.False(ask.Has(AskMember.Project));
        Assert.False(ask.Has(AskMember.Reason));
    }

    [Theory]
    [InlineData("""{"zone":"z","name":"n","up":true,"task":7,"project":"/p"}""", "task: 7, name: n, zone: z, up: true")]
    [InlineData("""{"b":"1","a":"2"}""", "b: 1, a: 2")]
    [InlineData("""{"project":"/p","task":"","name":null,"x":0}""", "x: 0")]
    public void The_dossier_is_told_with_task_and_name_first(string dossier, string reason) =>
        Assert.Equal(reason, Text(Ask(Lines.PendingWith($"\"dossier\":{dossier}")), AskMember.Reason));

    [Fact]
    public void A_reason_that_fits_is_whole_and_one_over_says_that_it_was_cut()
    {
        var fits = new string('t', ProtocolLimits.ReasonBytes - "task: ".Length);
        Assert.Equal("task: " + fits, Text(Ask(Lines.PendingWith($$"""
            "dossier":{"task":"{{fits}}"}
            """)), AskMember.Reason));
        var cut = Text(Ask(Lines.PendingWith($$"""
            "dossier":{"task":"{{fits}}t"}
            """)), AskMember.Reason);
        Assert.Equal(ProtocolLimits.ReasonBytes, Encoding.UTF8.GetByteCount(cut));
        Assert.EndsWith("t... (cut, it has 2049 bytes)", cut, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_never_splits_a_character()
    {
        for (var shift = 0; shift < 4; shift++)
        {
            var cut = CutText.ToFit(new string('x', shift) + string.Concat(Enumerable.Repeat("😀", 100)), 100);
            Assert.InRange(Encoding.UTF8.GetByteCount(cut), 97, 100);
            Assert.DoesNotContain('\ufffd', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cut)));
        }
    }

    [Fact]
    public void The_longest_project_fits()
    {
        var project = new string('/', ProtocolLimits.ProjectBytes);
        Assert.Equal(project, Text(Ask(Lines.PendingWith($$"""
            "dossier":{"project":"{{project}}"}
            """)), AskMember.Project));
    }

    [Fact]
    public void An_ask_is_refilled_without_a_trace_of_the_last_one()
    {
        var ask = Ask(Lines.Pending);
        ShieldAsk.Fill(Lines.Read<ShieldReport.Pending>("""{"type":"pending","container":"c2","dest":"::1"}"""), 7, ask);
        Assert.Equal(("::1", "container c2", 7u), (Text(ask, AskMember.Resource), Text(ask, AskMember.Title), ask.Uid));
        Assert.False(ask.Has(AskMember.Project) || ask.Has(AskMember.Reason));
        Assert.Equal("""{"container":"c2","dest":"::1"}""", Details(ask));
    }

    private static AskMembers Ask(string line)
    {
        var ask = new AskMembers();
        ShieldAsk.Fill(Lines.Read<ShieldReport.Pending>(line), 1000, ask);
        return ask;
    }

    private static string Text(AskMembers ask, AskMember member) => Encoding.UTF8.GetString(ask[member]);

    private static string Details(AskMembers ask)
    {
        var json = new LineBuffer();
        AskJson.WriteDetails(ask, json);
        return Encoding.UTF8.GetString(json.Written);
    }
}
