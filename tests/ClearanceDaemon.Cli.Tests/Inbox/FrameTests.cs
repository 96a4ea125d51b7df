using ClearanceDaemon.Cli.Inbox;
using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary>The bytes of a frame, and the parts a screen is made of.</summary>
public sealed class FrameTests
{
    [Fact]
    public void ARowIsPlacedPaintedAndErasedToItsEnd()
    {
        var screen = new InboxScreen();
        screen.Rows.Add(new InboxRow(10).Add($"ab", InboxStyle.Bad).Add($"cd"));
        screen.Rows.Add(new InboxRow(10));
        Assert.Equal("\e[?25l\e[1;1H\e[31mab\e[0mcd\e[K\e[2;1H\e[K", InboxFrame.Of(screen, hasColours: true));
        Assert.Equal("\e[?25l\e[1;1Habcd\e[K\e[2;1H\e[K", InboxFrame.Of(screen, hasColours: false));
    }

    [Fact]
    public void TheCursorShowsWhereSomethingIsTyped()
    {
        var person = Person.Before(Some.Ask());
        Assert.DoesNotContain("\e[?25h", person.Frame());
        person.Type("/ab");
        Assert.EndsWith("\e[23;11H\e[?25h", person.Frame());
        person.Press(InboxKeyKind.Left);
        Assert.EndsWith("\e[23;10H\e[?25h", person.Frame());
    }

    [Fact]
    public void EveryStyleButPlainHasItsOwnLook()
    {
        var looks = Enum.GetValues<InboxStyle>().Select(static style =>
        {
            var screen = new InboxScreen();
            screen.Rows.Add(new InboxRow(5).Add($"x", style));
            return InboxFrame.Of(screen, hasColours: true);
        }).ToArray();
        Assert.Equal(looks.Length, looks.Distinct().Count());
        Assert.All(looks, static look => Assert.Empty(TestScreen.Of(look).Faults));
    }

    [Fact]
    public void LeavingUndoesEntering()
    {
        var screen = TestScreen.Of("\e[?7h\e[?25h" + InboxFrame.Enter);
        Assert.Equal(["?1049", "?2004"], screen.Modes.Order());
        screen.Feed(System.Text.Encoding.UTF8.GetBytes(InboxFrame.Leave));
        Assert.Equal(["?25", "?7"], screen.Modes.Order());
        Assert.Empty(screen.Faults);
    }

    [Fact]
    public void TheSameStateIsTheSameFrame()
    {
        var person = Person.Before(Some.Ask(), Some.Ask(2));
        Assert.Equal(person.Frame(), person.Frame());
        var before = person.Frame();
        person.Wait(1000);
        Assert.NotEqual(before, person.Frame());
    }

    [Theory]
    [InlineData(0, "> 0s[--------]60s")]
    [InlineData(29_999, ">29s[###-----]30s")]
    [InlineData(30_000, ">30s[####----]30s")]
    [InlineData(59_999, ">59s[#######-]0s")]
    [InlineData(60_000, ">60s[over    ]0s")]
    [InlineData(90_000, ">90s[over    ]0s")]
    public void TheBarIsTheTimeThatIsGone(long passed, string bar)
    {
        var ask = new InboxAsk(Some.Ask());
        var row = new InboxRow(80).Add($">");
        TimeBar.Add(row, ask, Some.Start + passed, 8);
        Assert.Equal(bar, row.ToString().Replace(" ", "").Replace(">0s", "> 0s").Replace("over]", "over    ]"));
        Assert.Equal(1 + TimeBar.Columns(8), row.Columns);
    }

    [Theory]
    [InlineData(20_000, nameof(InboxStyle.Good))]
    [InlineData(35_000, nameof(InboxStyle.Doubtful))]
    [InlineData(50_000, nameof(InboxStyle.Bad))]
    [InlineData(61_000, nameof(InboxStyle.Dim))]
    public void TheBarsColourIsTheTimeThatIsLeft(long passed, string style)
    {
        var row = new InboxRow(80);
        TimeBar.Add(row, new InboxAsk(Some.Ask()), Some.Start + passed, 8);
        Assert.Equal(style, row.Spans[1].Style.ToString());
    }

    [Theory]
    [InlineData("once", null, 0, "once")]
    [InlineData("for", "10m", 0, "for 10m")]
    [InlineData("until-exit", null, 0, "until exit")]
    [InlineData("uses", null, 3, "for 3 further asks")]
    [InlineData("always", null, 0, "always")]
    [InlineData("newer\e", null, 0, "newer\\u{1b}")]
    public void AScopeInWords(string kind, string? duration, int uses, string words) => Assert.Equal(words, AskWords.Scope(kind, duration, uses).ToString());

    [Fact]
    public void AnAskInAFewWords()
    {
        Assert.Equal("deploy.production web1", AskWords.Of(Some.Ask()).ToString());
        Assert.Equal("a", AskWords.Of(Some.Ask(action: "a", resource: null)).ToString());
    }

    [Fact]
    public void TheListFollowsItsCursor()
    {
        var person = Person.Before([.. Enumerable.Range(1, 50).Select(static i => Some.Ask(i, resource: $"web{i}"))]);
        for (var i = 2; i <= 50; i++)
        {
            person.Type("j");
            Assert.Contains($"deploy.production web{i}", person.Screen.Split('\n').Single(static row => row.StartsWith('>')));
        }

        Assert.Equal(6, person.Screen.Split('\n')[1..7].Count(static row => row.Contains("deploy.production")));
    }

    [Fact]
    public void ASafeTextIsTheOnlyThingARowTakes() =>
        Assert.Equal("\\u{1b}[2J", new InboxRow(20).Add(SafeText.Of($"{"\e[2J"}")).ToString());
}
