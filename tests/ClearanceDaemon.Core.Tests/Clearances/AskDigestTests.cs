using System.Security.Cryptography;
using System.Text;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.Clearances;

public sealed class AskDigestTests
{
    [Fact]
    public void The_canonical_form_has_every_member_in_order_and_leaves_out_what_is_absent()
    {
        Assert.Equal("""{"action":"a","uid":7,"v":1}""", Canonical("""{"action":"a"}"""));
        Assert.Equal(
            """{"action":"a","argv":["x"],"as":"self","details":{"a":1,"b":"z"},"project":"p","reason":"r","resource":"s","title":"t","uid":7,"v":1}""",
            Canonical("""{"title":"t","resource":"s","reason":"r","project":"p","details":{"b":"z","a":1},"as":"self","argv":["x"],"action":"a"}"""));
    }

    [Fact]
    public void Details_are_ordered_by_utf16_units_and_escaped_as_rfc_8785_says() =>
        Assert.Equal(
            "{\"action\":\"a\",\"details\":{\"\\n\":1,\"\U0001F600\":2,\"\uFB33\":3},\"uid\":7,\"v\":1}",
            Canonical("""{"action":"a","details":{"\ufb33":3,"\ud83d\ude00":2,"\n":1}}"""));

    [Fact]
    public void The_digest_is_sha256_over_the_canonical_form()
    {
        var ask = Ask("""{"action":"a","resource":"r"}""");
        var expected = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical("""{"action":"a","resource":"r"}"""))));
        Assert.Equal(expected, Encoding.UTF8.GetString(AskDigest.Compute(ask)));
    }

    [Theory]
    [InlineData("""{"action":"b"}""")]
    [InlineData("""{"action":"a","resource":""}""")]
    [InlineData("""{"action":"a","details":{}}""")]
    [InlineData("""{"action":"a","argv":[]}""")]
    [InlineData("""{"action":"a","as":"self"}""")]
    public void Any_difference_even_absent_against_empty_is_another_digest(string other) =>
        Assert.NotEqual(AskDigest.Compute(Ask("""{"action":"a"}""")), AskDigest.Compute(Ask(other)));

    [Fact]
    public void Ids_are_random_and_distinct()
    {
        var ids = new RequestIds();
        var seen = new HashSet<RequestId>();
        for (var i = 0; i < 100_000; i++)
        {
            Assert.True(seen.Add(ids.Next()));
        }
    }

    private static AskMembers Ask(string parameters)
    {
        var ask = new AskMembers();
        Assert.Null(new AskReader().Read(Encoding.UTF8.GetBytes(parameters), ask, false, out _));
        ask.Uid = 7;
        return ask;
    }

    private static string Canonical(string parameters)
    {
        var json = new LineBuffer();
        AskDigest.WriteCanonical(Ask(parameters), json);
        return Encoding.UTF8.GetString(json.Written);
    }
}
