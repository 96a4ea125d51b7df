using ClearanceDaemon.Cli.Notifications;

namespace ClearanceDaemon.Cli.Tests.Notifications;

/// <summary>One can tell where each element of a command line ends.</summary>
public sealed class ShellWordsTests
{
    [Theory]
    [InlineData("rm -r build", "rm", "-r", "build")]
    [InlineData("rm 'a b' ''", "rm", "a b", "")]
    [InlineData("sh -c 'echo '\\''x'\\'' > y'", "sh", "-c", "echo 'x' > y")]
    [InlineData("'a;b' '$(c)' '*' '~'", "a;b", "$(c)", "*", "~")]
    [InlineData("'é' --x=1,2:3/4@5%6+7_8", "é", "--x=1,2:3/4@5%6+7_8")]
    public void WordsAreQuotedWhereAShellWouldSplitOrReadThem(string text, params string[] argv) => Assert.Equal(text, ShellWords.Of(argv));
}
