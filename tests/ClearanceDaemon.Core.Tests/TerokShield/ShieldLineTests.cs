using ClearanceDaemon.Core.TerokShield;

namespace ClearanceDaemon.Core.Tests.TerokShield;

/// <summary>What a line may be: strict in what is used, open in what is not.</summary>
public sealed class ShieldLineTests
{
    [Fact]
    public void A_pending_line_as_released_is_read_whole()
    {
        var pending = Lines.Read<ShieldReport.Pending>(Lines.Pending);
        Assert.Equal(("c1", "1.2.3.4", 443, 6, "example.com"), (pending.Container, pending.Dest, pending.Port, pending.Proto, pending.Domain));
        Assert.Equal([new("project", "p", true), new("task", "t", true), new("name", "n", true)], pending.Dossier.Members);
        Assert.Equal(0, pending.Dossier.Dropped);
    }

    [Fact]
    public void A_pending_line_needs_a_container_and_a_destination_and_nothing_else()
    {
        var pending = Lines.Read<ShieldReport.Pending>("""{"dest":"1.2.3.4","container":"c1","type":"pending"}""");
        Assert.Equal(("c1", "1.2.3.4", 0, null, null), (pending.Container, pending.Dest, pending.Port, pending.Proto, pending.Domain));
        Assert.Same(Dossier.Empty, pending.Dossier);
    }

    [Theory]
    [InlineData("container_started", nameof(ShieldKind.ContainerStarted))]
    [InlineData("container_exited", nameof(ShieldKind.ContainerExited))]
    [InlineData("shield_up", nameof(ShieldKind.ShieldUp))]
    [InlineData("shield_down", nameof(ShieldKind.ShieldDown))]
    [InlineData("shield_down_all", nameof(ShieldKind.ShieldDownAll))]
    [InlineData("shield_disengaged", nameof(ShieldKind.ShieldDisengaged))]
    public void Every_kind_of_notice_is_read(string name, string kind)
    {
        var bare = Lines.Read<ShieldReport.Notice>(Lines.Notice(name));
        Assert.Equal((kind, "c1", null), (bare.Kind.ToString(), bare.Container, bare.Reason));
        var full = Lines.Read<ShieldReport.Notice>(Lines.Notice(name, "c1", ""","reason":"poststop","dossier":{"task":7}"""));
        Assert.Equal("poststop", full.Reason);
        Assert.Equal([new("task", "7", false)], full.Dossier.Members);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t \r")]
    public void Blank_is_blank(string line) => Assert.IsType<ShieldFault.Blank>(Lines.Fault(line));

    [Theory]
    [InlineData("{")]
    [InlineData("hello")]
    [InlineData("{\"type\":\"shield_up\",\"container\":\"c1\"} x")]
    [InlineData("{\"type\":\"shield_up\",\"container\":\"c1\",}")]
    [InlineData("{\"type\":\"shield_up\",\"container\":\"c1\",\"container\":\"c2\"}")]
    [InlineData("{\"type\":\"shield_up\",\"container\":\"c1\",\"x\":\"\\u0000\"}")]
    [InlineData("{\"type\":\"shield_up\",\"container\":\"c1\",\"x\":\"\\ud800\"}")]
    [InlineData("{\"type\":\"shield_up\",\"container\":\"c1\",\"x\":NaN}")]
    [InlineData("\uFEFF{\"type\":\"shield_up\",\"container\":\"c1\"}")]
    public void What_readers_could_take_for_different_things_is_malformed(string line) => Assert.IsType<ShieldFault.Malformed>(Lines.Fault(line));

    [Fact]
    public void Bytes_that_are_not_text_are_malformed() =>
        Assert.IsType<ShieldFault.Malformed>(new ShieldLine().Read([.. "{\"type\":\"shield_up\",\"x\":\""u8, 0xff, .. "\"}"u8], out _));

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("\"shield_up\"")]
    [InlineData(" [{\"type\":\"shield_up\",\"container\":\"c1\"}] ")]
    public void What_is_no_object_is_said_to_be_none(string line) => Assert.IsType<ShieldFault.NotAnObject>(Lines.Fault(line));

    [Theory]
    [InlineData("{\"type\":\"shield_paused\",\"container\":7,\"port\":-1}", "shield_paused")]
    [InlineData("{\"type\":\"\"}", "")]
    [InlineData("{\"type\":\"Pending\"}", "Pending")]
    [InlineData("{\"type\":\"shield_up\\u001b[2J\"}", "shield_up\u001b[2J")]
    public void An_unknown_kind_is_told_whatever_its_members_are(string line, string kind) =>
        Assert.Equal(kind, Assert.IsType<ShieldFault.Unknown>(Lines.Fault(line)).Kind);

    [Theory]
    [InlineData("{}", "type")]
    [InlineData("{\"type\":7}", "type")]
    [InlineData("{\"type\":null,\"container\":\"c1\"}", "type")]
    [InlineData("{\"type\":\"shield_up\"}", "container")]
    [InlineData("{\"type\":\"shield_up\",\"container\":null}", "container")]
    [InlineData("{\"type\":\"shield_up\",\"container\":\"c1\",\"reason\":7}", "reason")]
    [InlineData("{\"type\":\"shield_up\",\"container\":\"c1\",\"dossier\":\"x\"}", "dossier")]
    [InlineData("{\"type\":\"pending\",\"dest\":\"1.2.3.4\"}", "container")]
    [InlineData("{\"type\":\"pending\",\"container\":\"c1\"}", "dest")]
    [InlineData("{\"type\":\"pending\",\"container\":\"c1\",\"dest\":null}", "dest")]
    [InlineData("{\"type\":\"pending\",\"container\":\"c1\",\"dest\":\"\"}", "dest")]
    [InlineData("{\"type\":\"pending\",\"container\":\"c1\",\"dest\":\"--all\"}", "dest")]
    [InlineData("{\"type\":\"pending\",\"container\":\"-c1\",\"dest\":\"1.2.3.4\"}", "container")]
    public void What_a_kind_needs_and_has_not_is_named(string line, string member) =>
        Assert.Equal(member, Assert.IsType<ShieldFault.BadMember>(Lines.Fault(line)).Name);

    [Theory]
    [InlineData("port", "-1")]
    [InlineData("port", "65536")]
    [InlineData("port", "\"443\"")]
    [InlineData("port", "443.0")]
    [InlineData("port", "99999999999999999999")]
    [InlineData("proto", "-1")]
    [InlineData("proto", "256")]
    [InlineData("proto", "\"TCP\"")]
    [InlineData("proto", "true")]
    [InlineData("domain", "7")]
    [InlineData("domain", "\"-rf\"")]
    [InlineData("domain", "\"a b\"")]
    [InlineData("domain", "\"a..b\"")]
    [InlineData("domain", "\".\"")]
    [InlineData("domain", "\"bücher.example\"")]
    [InlineData("dossier", "[]")]
    [InlineData("dossier", "\"p\"")]
    public void A_member_that_is_used_is_what_it_should_be(string member, string value) =>
        Assert.Equal(member, Assert.IsType<ShieldFault.BadMember>(Lines.Fault(Lines.PendingWith($"\"{member}\":{value}"))).Name);

    [Theory]
    [InlineData("\"port\":1", 1)]
    [InlineData("\"port\":65535", 65535)]
    [InlineData("\"port\":0", 0)]
    [InlineData("\"port\":null", 0)]
    public void A_port_may_be_missing(string member, int port) => Assert.Equal(port, Lines.Read<ShieldReport.Pending>(Lines.PendingWith(member)).Port);

    [Theory]
    [InlineData("\"proto\":6", 6)]
    [InlineData("\"proto\":\"tcp\"", 6)]
    [InlineData("\"proto\":17", 17)]
    [InlineData("\"proto\":\"udp\"", 17)]
    [InlineData("\"proto\":1", 1)]
    [InlineData("\"proto\":255", 255)]
    [InlineData("\"proto\":null", null)]
    public void A_protocol_is_a_number_or_one_of_two_names(string member, int? proto) =>
        Assert.Equal(proto, Lines.Read<ShieldReport.Pending>(Lines.PendingWith(member)).Proto);

    [Theory]
    [InlineData("\"domain\":\"Example.COM.\"", "example.com")]
    [InlineData("\"domain\":\"_dmarc.a-b.example\"", "_dmarc.a-b.example")]
    [InlineData("\"domain\":\"\"", null)]
    [InlineData("\"domain\":null", null)]
    public void A_domain_is_in_one_spelling_or_missing(string member, string? domain) =>
        Assert.Equal(domain, Lines.Read<ShieldReport.Pending>(Lines.PendingWith(member)).Domain);

    [Fact]
    public void Members_that_are_not_used_may_be_anything()
    {
        Lines.Read<ShieldReport.Pending>(Lines.PendingWith("""
            "id":{"deep":[1,[2,{"x":null}]]},"ts":false,"reason":9,"shiny":"new"
            """));
        Lines.Read<ShieldReport.Notice>(Lines.Notice("shield_down", "c1", ""","port":"none","dest":[],"domain":-1,"proto":{}"""));
    }

    [Fact]
    public void Names_and_values_with_escapes_are_what_they_say()
    {
        var notice = Lines.Read<ShieldReport.Notice>("""{"\u0074ype":"shield\u005fup","contain\u0065r":"c\u0031","dossier":{"t\u0061sk":"\u0074","n\u0061me":"x"}}""");
        Assert.Equal("c1", notice.Container);
        Assert.Equal([new("task", "t", true), new("name", "x", true)], notice.Dossier.Members);
    }

    [Fact]
    public void One_reader_reads_line_after_line()
    {
        var reader = new ShieldLine();
        foreach (var container in new[] { "a", new string('b', 100), "c" })
        {
            Assert.Null(reader.Read(System.Text.Encoding.UTF8.GetBytes(Lines.Notice("shield_up", container, $",\"x\":\"{new string('\\', 2000)}\"")), out var report));
            Assert.Equal(container, report!.Container);
        }
    }
}
