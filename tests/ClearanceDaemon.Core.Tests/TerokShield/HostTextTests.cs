using System.Text;
using ClearanceDaemon.Core.TerokShield;

namespace ClearanceDaemon.Core.Tests.TerokShield;

/// <summary>Names that are handed on to a command line and to rules.</summary>
public sealed class HostTextTests
{
    [Theory]
    [InlineData("c1")]
    [InlineData("0123456789ab")]
    [InlineData("My_task.2-x")]
    [InlineData(".hidden")]
    public void Names_of_containers_are_kept_as_they_are(string name) => Assert.Equal(name, HostText.Container(Encoding.UTF8.GetBytes(name)));

    [Theory]
    [InlineData("")]
    [InlineData("-c1")]
    [InlineData("--")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a\nb")]
    [InlineData("ä")]
    [InlineData("a:b")]
    public void What_could_be_taken_for_something_else_is_no_container(string name) => Assert.Null(HostText.Container(Encoding.UTF8.GetBytes(name)));

    [Fact]
    public void A_container_has_at_most_128_bytes()
    {
        Assert.NotNull(HostText.Container(Encoding.ASCII.GetBytes(new string('c', ShieldLimits.ContainerBytes))));
        Assert.Null(HostText.Container(Encoding.ASCII.GetBytes(new string('c', ShieldLimits.ContainerBytes + 1))));
    }

    [Theory]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("fe80::1%eth0", "fe80::1%eth0")]
    [InlineData("::ffff:1.2.3.4", "::ffff:1.2.3.4")]
    [InlineData("Example.COM", "example.com")]
    [InlineData("host.", "host")]
    public void A_destination_is_an_address_or_a_host(string text, string read) => Assert.Equal(read, HostText.Destination(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("host..")]
    [InlineData("-1.2.3.4")]
    [InlineData("[::1]")]
    [InlineData("::1:443:")]
    [InlineData("1.2.3.4:443")]
    [InlineData("1.2.3.0/24")]
    [InlineData("user@host")]
    [InlineData("a b")]
    public void Anything_else_is_none(string text) => Assert.Null(HostText.Destination(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_host_has_at_most_253_bytes_and_a_dot_behind_them()
    {
        var host = new string('h', ShieldLimits.HostBytes);
        Assert.Equal(host, HostText.Host(Encoding.ASCII.GetBytes(host)));
        Assert.Equal(host, HostText.Host(Encoding.ASCII.GetBytes(host + ".")));
        Assert.Null(HostText.Host(Encoding.ASCII.GetBytes(host + "h")));
        Assert.Null(HostText.Host(Encoding.ASCII.GetBytes(host + "..")));
        Assert.Null(HostText.Destination(Encoding.ASCII.GetBytes("fe80::1%" + host)));
    }
}
