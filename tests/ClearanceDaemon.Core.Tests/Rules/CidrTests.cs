using System.Net;
using System.Net.Sockets;
using ClearanceDaemon.Core.Rules.Matchers;

namespace ClearanceDaemon.Core.Tests.Rules;

public sealed class CidrTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0", true)]
    [InlineData("10.0.0.0/8", "10.255.255.255:80", true)]
    [InlineData("10.0.0.0/8", "9.255.255.255", false)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.0.0.0/8", "[::ffff:10.1.2.3]:80", true)]
    [InlineData("10.0.0.0/8", "::ffff:a01:203", true)]
    [InlineData("10.0.0.0/8", "[::10.1.2.3]:80", false)]
    [InlineData("0.0.0.0/0", "255.1.2.3", true)]
    [InlineData("0.0.0.0/0", "[::1]", false)]
    [InlineData("10.1.2.3/32", "10.1.2.3", true)]
    [InlineData("10.1.2.3/32", "10.1.2.4", false)]
    [InlineData("::ffff:10.0.0.0/104", "10.200.1.1", true)]
    [InlineData("::/0", "[2001:db8::1]:443", true)]
    [InlineData("::/0", "10.0.0.1", false)]
    [InlineData("2001:db8::/33", "2001:db8:7fff::1", true)]
    [InlineData("2001:db8::/33", "2001:db8:8000::1", false)]
    [InlineData("fe80::/10", "[fe80::1%eth0]:22", true)]
    [InlineData("fe80::/10", "[fe80::1%]:22", false)]
    [InlineData("10.0.0.0/8", "010.0.0.1", false)]
    [InlineData("10.0.0.0/8", "0xa.0.0.1", false)]
    [InlineData("10.0.0.0/8", "167772161", false)]
    [InlineData("10.0.0.0/8", "10.1", false)]
    [InlineData("10.0.0.0/8", "10.0.0.1.evil.org", false)]
    [InlineData("10.0.0.0/8", "10.0.0.256", false)]
    [InlineData("10.0.0.0/8", "host.example.org:80", false)]
    [InlineData("10.0.0.0/8", "", false)]
    public void Addresses_within_a_network(string cidr, string resource, bool matches) =>
        Assert.Equal(matches, Some.Matcher("{\"cidr\":\"" + cidr + "\"}").Matches(resource));

    [Fact]
    public void A_port_is_wanted_when_given()
    {
        var matcher = Some.Matcher("""{"cidr":"10.0.0.0/8","port":"1-1024"}""");
        Assert.True(matcher.Matches("10.0.0.1:1024"));
        Assert.False(matcher.Matches("10.0.0.1:1025"));
        Assert.False(matcher.Matches("10.0.0.1"));
        Assert.Equal("""{"cidr":"10.0.0.0/8","port":"1-1024"}""", matcher.Describe());
    }

    [Theory]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/08")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0/8")]
    [InlineData("::/129")]
    [InlineData("fe80::%eth0/10")]
    [InlineData("[::]/0")]
    [InlineData("example.org/8")]
    public void Networks_that_are_none(string cidr) =>
        Assert.Contains("cidr is a network", Some.Problem("\"decision\":\"deny\",\"resource\":{\"cidr\":\"" + cidr + "\"}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("10.0.0.1/8")]
    [InlineData("2001:db8::1/64")]
    public void Bits_beyond_the_prefix_are_refused(string cidr) =>
        Assert.Contains("bits set beyond", Some.Problem("\"decision\":\"deny\",\"resource\":{\"cidr\":\"" + cidr + "\"}"), StringComparison.Ordinal);

    [Fact]
    public void Literals_are_read_as_the_system_reads_them()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 50_000; round++)
        {
            var text = Draw(random);
            var known = IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 && text.All(static c => c is ':' or '.' || char.IsAsciiHexDigit(c));
            var ours = IpLiteral.TryParse(Some.Utf8(text), out var bits);
            if (!text.Contains('.', StringComparison.Ordinal))
            {
                Assert.True(known == ours, $"seed {seed}: {text}");
            }

            if (known && ours)
            {
                Assert.True(bits == ToBits(address!), $"seed {seed}: {text}");
            }
        }
    }

    [Theory]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("1::")]
    [InlineData("1:2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4:5:6:7::")]
    [InlineData("::2:3:4:5:6:7:8")]
    [InlineData("1:2:3::5:6:7:8")]
    [InlineData("::1.2.3.4")]
    [InlineData("1:2:3:4:5:6:1.2.3.4")]
    [InlineData("1::1.2.3.4")]
    public void Forms_of_IPv6(string text)
    {
        Assert.True(IpLiteral.TryParse(Some.Utf8(text), out var bits));
        Assert.Equal(ToBits(IPAddress.Parse(text)), bits);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1:")]
    [InlineData(":1")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("::1:2:3:4:5:6:7:8")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("1.2.3.4::")]
    [InlineData("::1.2.3")]
    [InlineData("::1.2.3.4:5")]
    [InlineData("1.2.3.4.")]
    public void Forms_that_are_none(string text) => Assert.False(IpLiteral.TryParse(Some.Utf8(text), out _));

    private static string Draw(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(2, 14)).Select(_ => random.Next(5) switch
        {
            0 or 1 => ":",
            2 => "::",
            _ => random.Next(70_000).ToString("x", System.Globalization.CultureInfo.InvariantCulture),
        }));

    private static UInt128 ToBits(IPAddress address) =>
        address.GetAddressBytes().Aggregate(UInt128.Zero, static (bits, value) => (bits << 8) | value);
}
