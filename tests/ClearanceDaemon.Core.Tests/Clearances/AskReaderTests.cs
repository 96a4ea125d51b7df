using System.Text;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.Clearances;

public sealed class AskReaderTests
{
    private readonly AskReader _reader = new();
    private readonly AskMembers _ask = new();

    [Fact]
    public void Every_member_is_read()
    {
        Assert.Null(Read(
            """{"action":"net.connect","resource":"h:1","details":{"s":"v","n":-3,"t":true,"f":false},"argv":["a",""],"title":"T","reason":"R","project":"/p","as":"parent","wait":"90s","key":"K"}""",
            out var terms));
        Assert.Equal(TimeSpan.FromSeconds(90), terms.Wait);
        Assert.Equal("K", terms.Key);
        Assert.True(_ask.Resource.SequenceEqual("h:1"u8));
        Assert.Equal(2, _ask.ArgvCount);
        Assert.True(_ask.Argv(0).SequenceEqual("a"u8));
        Assert.Equal(4, _ask.DetailCount);
        Assert.True(_ask.DetailText(0).SequenceEqual("v"u8));
        Assert.Equal(-3, _ask.DetailNumber(1));
        Assert.Equal(DetailKind.Bool, _ask.DetailKind(2));
        Assert.Equal(1, _ask.DetailNumber(2));
        Assert.Equal(0, _ask.DetailNumber(3));
        Assert.True(_ask[AskMember.As].SequenceEqual("parent"u8));
    }

    [Fact]
    public void What_was_not_sent_is_absent_and_what_was_sent_empty_is_not()
    {
        Assert.Null(Read("""{"action":"a"}""", out var terms));
        Assert.False(_ask.Has(AskMember.Resource));
        Assert.False(_ask.HasArgv);
        Assert.False(_ask.HasDetails);
        Assert.Equal(AskTerms.DefaultWait, terms.Wait);
        Assert.Null(terms.Key);
        Assert.Null(Read("""{"action":"a","resource":"","argv":[],"details":{}}""", out _));
        Assert.True(_ask.Has(AskMember.Resource));
        Assert.True(_ask.HasArgv);
        Assert.True(_ask.HasDetails);
    }

    [Fact]
    public void Escapes_are_decoded_once_in_names_and_values()
    {
        Assert.Null(Read("""{"\u0061ction":"a\u002eb","details":{"\u006b\u0065y":"\u0076al\\ue"},"resource":"\ud83d\ude00"}""", out _));
        Assert.True(_ask.Action.SequenceEqual("a.b"u8));
        Assert.True(_ask.DetailName(0).SequenceEqual("key"u8));
        Assert.True(_ask.DetailText(0).SequenceEqual("val\\ue"u8));
        Assert.Equal("😀", Encoding.UTF8.GetString(_ask.Resource));
    }

    [Theory]
    [InlineData("resource", ProtocolLimits.ResourceBytes)]
    [InlineData("title", ProtocolLimits.TitleBytes)]
    [InlineData("reason", ProtocolLimits.ReasonBytes)]
    [InlineData("project", ProtocolLimits.ProjectBytes)]
    [InlineData("key", ProtocolLimits.KeyBytes)]
    public void A_text_at_its_limit_is_taken_and_one_byte_more_is_refused(string member, int limit)
    {
        Assert.Null(Read($$"""{"action":"a","{{member}}":"{{new string('x', limit)}}"}""", out _));
        Assert.Equal(member, Read($$"""{"action":"a","{{member}}":"{{new string('x', limit + 1)}}"}""", out _)!.Member);
        Assert.Equal(member, Read($$"""{"action":"a","{{member}}":"{{new string('x', limit - 1)}}é"}""", out _)!.Member);
    }

    [Fact]
    public void An_action_at_its_limits_is_taken_and_one_over_is_refused()
    {
        Assert.Null(Read($$"""{"action":"{{new string('a', ProtocolLimits.ActionBytes)}}"}""", out _));
        Assert.Equal("action", Read($$"""{"action":"{{new string('a', ProtocolLimits.ActionBytes + 1)}}"}""", out _)!.Member);
        Assert.Null(Read($$"""{"action":"{{string.Join('.', Enumerable.Repeat("a", ProtocolLimits.ActionSegments))}}"}""", out _));
        Assert.Equal("action", Read($$"""{"action":"{{string.Join('.', Enumerable.Repeat("a", ProtocolLimits.ActionSegments + 1))}}"}""", out _)!.Member);
    }

    [Fact]
    public void As_many_details_and_arguments_as_the_limits_say_are_taken_and_one_more_is_refused()
    {
        Assert.Null(Read(WithDetails(ProtocolLimits.DetailMembers), out _));
        Assert.Equal("details", Read(WithDetails(ProtocolLimits.DetailMembers + 1), out _)!.Member);
        Assert.Null(Read(WithArgv(ProtocolLimits.ArgvElements), out _));
        Assert.Equal("argv", Read(WithArgv(ProtocolLimits.ArgvElements + 1), out _)!.Member);
        Assert.Null(Read(WithDetail(new string('n', ProtocolLimits.DetailNameBytes), "1"), out _));
        Assert.Equal("details", Read(WithDetail(new string('n', ProtocolLimits.DetailNameBytes + 1), "1"), out _)!.Member);
        Assert.Equal("details", Read(WithDetail("", "1"), out _)!.Member);
    }

    [Theory]
    [InlineData("9007199254740991", true)]
    [InlineData("-9007199254740991", true)]
    [InlineData("9007199254740992", false)]
    [InlineData("-9007199254740992", false)]
    [InlineData("1.0", false)]
    [InlineData("1e2", false)]
    [InlineData("null", false)]
    [InlineData("[]", false)]
    [InlineData("{}", false)]
    public void A_detail_is_a_string_a_bool_or_an_integer_every_reader_holds(string value, bool taken) =>
        Assert.Equal(taken, Read(WithDetail("n", value), out _) is null);

    [Theory]
    [InlineData("""{}""", "action")]
    [InlineData("""{"action":"A"}""", "action")]
    [InlineData("""{"action":1}""", "action")]
    [InlineData("""{"action":"a","resource":1}""", "resource")]
    [InlineData("""{"action":"a","argv":"x"}""", "argv")]
    [InlineData("""{"action":"a","argv":[1]}""", "argv")]
    [InlineData("""{"action":"a","details":[]}""", "details")]
    [InlineData("""{"action":"a","as":"root"}""", "as")]
    [InlineData("""{"action":"a","wait":"soon"}""", "wait")]
    [InlineData("""{"action":"a","wait":"367d"}""", "wait")]
    [InlineData("""{"action":"a","key":""}""", "key")]
    [InlineData("""{"action":"a","via":"x"}""", "via")]
    [InlineData("""{"action":"a","resource":"/a//b"}""", "resource")]
    [InlineData("""{"action":"a","resource":"/a/../b"}""", "resource")]
    [InlineData("""{"action":"a","resource":"/a/"}""", "resource")]
    public void What_does_not_fit_is_refused_and_the_member_named(string parameters, string member) => Assert.Equal(member, Read(parameters, out _)!.Member);

    [Fact]
    public void Reading_allocates_nothing_once_warm()
    {
        var parameters = """{"action":"net.connect","resource":"api.github.com:443","details":{"proto":"tcp"},"argv":["curl","x"],"wait":"0s"}"""u8.ToArray();
        for (var i = 0; i < 10; i++)
        {
            _reader.Read(parameters, _ask, false, out _);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            _reader.Read(parameters, _ask, false, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string WithDetails(int count) =>
        $$$"""{"action":"a","details":{{{{string.Join(',', Enumerable.Range(0, count).Select(static i => $"\"n{i}\":{i}"))}}}}}""";

    private static string WithDetail(string name, string value) => $$$"""{"action":"a","details":{"{{{name}}}":{{{value}}}}}""";

    private static string WithArgv(int count) => $$"""{"action":"a","argv":[{{string.Join(',', Enumerable.Repeat("\"x\"", count))}}]}""";

    private AskFault? Read(string parameters, out AskTerms terms) => _reader.Read(Encoding.UTF8.GetBytes(parameters), _ask, false, out terms);
}
