namespace UnixPeers.Tests.Listeners;

public sealed class RandomNameTests
{
    [Fact]
    public void Names_have_26_of_32_characters_and_do_not_repeat()
    {
        var names = Enumerable.Range(0, 10_000).Select(_ => RandomName.Create()).ToList();
        Assert.All(names, name => Assert.True(RandomName.IsOne(name)));
        Assert.Equal(names.Count, names.Distinct().Count());

        // Each place shows every character: 130 bits, none of them constant.
        for (var place = 0; place < RandomName.Length; place++)
        {
            Assert.Equal(32, names.Select(name => name[place]).Distinct().Count());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("abcdefghijklmnopqrstuvwxy")]
    [InlineData("abcdefghijklmnopqrstuvwxyza")]
    [InlineData("abcdefghijklmnopqrstuvwxy1")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
    public void Other_names_are_not_taken_for_ours(string name) => Assert.False(RandomName.IsOne(name));
}
