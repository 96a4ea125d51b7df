using System.Text;

namespace ClearanceDaemon.Protocol.Tests;

/// <summary>Request ids and action names.</summary>
public sealed class NameTests
{
    private const string Id = "7f3a00112233445566778899aabbccdd";

    [Fact]
    public void An_id_is_its_random_bytes_in_hex()
    {
        var id = new RequestId(Convert.FromHexString(Id));
        Assert.Equal(Id, id.ToString());
        Assert.True(RequestId.TryParse(Encoding.ASCII.GetBytes(Id), out var read));
        Assert.Equal(id, read);
        Assert.NotEqual(id, new RequestId(new byte[16]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7f3a00112233445566778899aabbccd")]
    [InlineData("7f3a00112233445566778899aabbccdd0")]
    [InlineData("7F3A00112233445566778899AABBCCDD")]
    [InlineData("7f3a00112233445566778899aabbccdg")]
    public void Anything_else_is_no_id(string text) => Assert.False(RequestId.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Theory]
    [InlineData(15)]
    [InlineData(17)]
    public void An_id_has_sixteen_bytes(int bytes) => Assert.Throws<ArgumentOutOfRangeException>(() => new RequestId(new byte[bytes]));

    [Theory]
    [InlineData("7f3", false)]
    [InlineData("7f3a", true)]
    [InlineData("7f3b", false)]
    [InlineData("7F3A", false)]
    [InlineData(Id, true)]
    [InlineData(Id + "0", false)]
    [InlineData("", false)]
    public void A_prefix_of_four_digits_or_more_matches(string prefix, bool matches)
    {
        var id = new RequestId(Convert.FromHexString(Id));
        Assert.Equal(matches, id.Matches(Encoding.ASCII.GetBytes(prefix)));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("net.connect")]
    [InlineData("0-_.z9")]
    [InlineData("a.b.c.d.e.f.g.h")]
    public void An_action_has_up_to_eight_segments(string action) => Assert.True(ActionName.IsValid(Encoding.UTF8.GetBytes(action)));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("a..b")]
    [InlineData("A.b")]
    [InlineData("a b")]
    [InlineData("a*")]
    [InlineData("é")]
    [InlineData("a\n")]
    [InlineData("a.b.c.d.e.f.g.h.i")]
    public void Anything_else_is_no_action(string action) => Assert.False(ActionName.IsValid(Encoding.UTF8.GetBytes(action)));

    [Fact]
    public void An_action_has_up_to_256_bytes()
    {
        Assert.True(ActionName.IsValid(Encoding.UTF8.GetBytes(new string('a', ProtocolLimits.ActionBytes))));
        Assert.False(ActionName.IsValid(Encoding.UTF8.GetBytes(new string('a', ProtocolLimits.ActionBytes + 1))));
    }
}
