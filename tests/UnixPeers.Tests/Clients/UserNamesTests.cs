namespace UnixPeers.Tests.Clients;

public sealed class UserNamesTests
{
    private const string Passwd = "root:x:0:0:root:/root:/bin/bash\nbroken\nalso:x:me:1\nme:x:1000:1000::/home/me:/bin/sh\nbig:x:4294967294:0\ntwin:x:1000:1000::/:\n";

    [Theory]
    [InlineData(0u, "root")]
    [InlineData(1000u, "me")]
    [InlineData(4294967294u, "big")]
    [InlineData(7u, null)]
    public void The_first_whole_line_with_the_uid_names_it(uint uid, string? name) => Assert.Equal(name, UserNames.Find(Passwd, uid));

    [Fact]
    public void A_uid_without_a_name_is_shown_alone()
    {
        Assert.Equal("0 (root)", UserNames.Describe(0));
        Assert.Equal("4000000000", UserNames.Describe(4_000_000_000));
    }
}
