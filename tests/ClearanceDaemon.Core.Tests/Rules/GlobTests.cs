using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Rules.Matchers;

namespace ClearanceDaemon.Core.Tests.Rules;

public sealed class GlobTests
{
    [Theory]
    [InlineData("*", "", true)]
    [InlineData("*", "abc", true)]
    [InlineData("*", "a/b", false)]
    [InlineData("*", "a:b", false)]
    [InlineData("*:443", "example.org:443", true)]
    [InlineData("*:443", "a:b:443", false)]
    [InlineData("/srv/*/log", "/srv/a/log", true)]
    [InlineData("/srv/*/log", "/srv/a/b/log", false)]
    [InlineData("/srv/*/log", "/srv//log", true)]
    [InlineData("-*r*", "-rf", true)]
    [InlineData("-*r*", "-fr", true)]
    [InlineData("-*r*", "rf", false)]
    [InlineData("a*b*c", "abc", true)]
    [InlineData("a*b*c", "axxbyyc", true)]
    [InlineData("a*b*c", "axxbyyd", false)]
    [InlineData("a*a", "a", false)]
    [InlineData("*a/a*", "xa/ay", true)]
    [InlineData("*a*b/c*", "aab/c", true)]
    [InlineData("*b/c*d", "abb/cxd", true)]
    [InlineData("ls", "ls", true)]
    [InlineData("ls", "lsof", false)]
    [InlineData("a?c", "abc", false)]
    [InlineData("a?c", "a?c", true)]
    [InlineData("[ab]", "a", false)]
    [InlineData("[ab]", "[ab]", true)]
    [InlineData("ü*", "uber", false)]
    [InlineData("ü*", "üb", true)]
    public void A_star_stands_for_bytes_without_separators(string glob, string value, bool matches) =>
        Assert.Equal(matches, Create(glob).Matches(value));

    [Theory]
    [InlineData(@"a\*b", "a*b", true)]
    [InlineData(@"a\*b", "axb", false)]
    [InlineData(@"a\\b", @"a\b", true)]
    [InlineData(@"a\\*", @"a\xyz", true)]
    public void A_backslash_takes_the_meaning_from_a_star(string glob, string value, bool matches) =>
        Assert.Equal(matches, Create(glob).Matches(value));

    [Theory]
    [InlineData(@"a\")]
    [InlineData(@"a\b")]
    [InlineData(@"\?")]
    public void A_backslash_before_anything_else_is_refused(string glob)
    {
        Assert.Null(GlobMatcher.Create(glob, out var problem));
        Assert.Contains(@"\\", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_stars_in_a_row_are_refused()
    {
        Assert.Null(GlobMatcher.Create("/srv/**", out var problem));
        Assert.Contains("two stars", problem, StringComparison.Ordinal);
        Assert.NotNull(GlobMatcher.Create(@"a\**", out _));
    }

    [Theory]
    [InlineData("rm *")]
    [InlineData("*")]
    [InlineData(@"\*")]
    [InlineData(@"C:\*\**")]
    [InlineData("plain")]
    public void B59_a_stored_literal_matches_itself_alone(string literal)
    {
        var glob = Create(GlobMatcher.Escape(literal));
        Assert.True(glob.Matches(literal));
        Assert.False(glob.Matches(literal.Replace('*', 'x') + "y"));
        Assert.False(glob.Matches(literal + "x"));
    }

    [Fact]
    public void Stars_are_limited()
    {
        Assert.NotNull(GlobMatcher.Create(string.Concat(Enumerable.Repeat("*a", RuleLimits.GlobStars)), out _));
        Assert.Null(GlobMatcher.Create(string.Concat(Enumerable.Repeat("*a", RuleLimits.GlobStars + 1)), out var problem));
        Assert.Contains("at most 8 stars, this one 9", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Length_is_limited()
    {
        Assert.NotNull(GlobMatcher.Create(new string('a', RuleLimits.GlobBytes), out _));
        Assert.Null(GlobMatcher.Create(new string('a', RuleLimits.GlobBytes + 1), out var problem));
        Assert.Contains("512", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Agrees_with_trying_every_way()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 200_000; round++)
        {
            var glob = Draw(random, "aab/:***", 8);
            var value = Draw(random, "aaab/:", 9);
            if (glob.Contains("**", StringComparison.Ordinal))
            {
                continue;
            }

            Assert.True(EveryWay(glob, value) == Create(glob).Matches(value), $"seed {seed}: {glob} on {value}");
        }
    }

    private static GlobMatcher Create(string glob)
    {
        var matcher = GlobMatcher.Create(glob, out var problem);
        Assert.Null(problem);
        return matcher!;
    }

    private static string Draw(Random random, string letters, int max) =>
        string.Concat(Enumerable.Range(0, random.Next(max + 1)).Select(_ => letters[random.Next(letters.Length)]));

    private static bool EveryWay(ReadOnlySpan<char> glob, ReadOnlySpan<char> value)
    {
        if (glob.IsEmpty)
        {
            return value.IsEmpty;
        }

        if (glob[0] != '*')
        {
            return !value.IsEmpty && value[0] == glob[0] && EveryWay(glob[1..], value[1..]);
        }

        for (var i = 0; ; i++)
        {
            if (EveryWay(glob[1..], value[i..]))
            {
                return true;
            }

            if (i == value.Length || value[i] is '/' or ':')
            {
                return false;
            }
        }
    }
}
