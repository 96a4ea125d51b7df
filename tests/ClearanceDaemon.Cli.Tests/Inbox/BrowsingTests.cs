using ClearanceDaemon.Cli.Inbox;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary>The list: what is selected, and what keys do there.</summary>
public sealed class BrowsingTests
{
    [Fact]
    public void AllowsOnceWhatIsSelected()
    {
        var person = Person.Before(Some.Ask(1), Some.Ask(2));
        person.Type("ja");
        var verdict = person.Verdict();
        Assert.Equal((Some.Id(2), Some.Ask(2).Digest, VerdictWord.Allow), (verdict.Id, verdict.Digest, verdict.Verdict));
        Assert.Equal((ScopeKind.Once, null), (verdict.Scope!.Kind, verdict.Bind));
    }

    [Fact]
    public void Denies()
    {
        var person = Person.Before(Some.Ask());
        person.Type("d");
        var verdict = person.Verdict();
        Assert.Equal((VerdictWord.Deny, null, null), (verdict.Verdict, verdict.Scope, verdict.Reason));
    }

    [Fact]
    public void DeniesWithAReason()
    {
        var person = Person.Before(Some.Ask());
        person.Type("Dnot on a fridax");
        person.Press(InboxKeyKind.Backspace);
        person.Type("y");
        Assert.Contains("DENY, because: not on a friday", person.Screen);
        person.Press(InboxKeyKind.Enter);
        Assert.Equal((VerdictWord.Deny, "not on a friday"), (person.Effects.Count, person.Verdict()) is (1, var verdict) ? (verdict.Verdict, verdict.Reason) : default);
        Assert.IsType<InboxMode.Browsing>(person.State.Mode);
    }

    [Fact]
    public void EscapeDeniesNothing()
    {
        var person = Person.Before(Some.Ask());
        person.Type("Da");
        person.Press(InboxKeyKind.Escape);
        Assert.Empty(person.Effects);
        Assert.IsType<InboxMode.Browsing>(person.State.Mode);
    }

    [Fact]
    public void NothingIsDecidedTwice()
    {
        var person = Person.Before(Some.Ask());
        person.Type("aad");
        Assert.Equal(VerdictWord.Allow, person.Verdict().Verdict);
        Assert.Contains("a verdict on this ask is on its way", person.Screen);
        Assert.Contains("sending", person.Screen);
    }

    [Fact]
    public void WithoutTheScopeOnceItIsNotSent()
    {
        var person = Person.Before(Some.Ask() with { Scopes = [ScopeKind.For] });
        person.Type("a");
        Assert.Empty(person.Effects);
        Assert.Contains("cannot be allowed just once", person.Screen);
    }

    [Fact]
    public void TheCursorStaysOnItsAskWhenOthersComeAndGo()
    {
        var person = Person.Before(Some.Ask(1), Some.Ask(2), Some.Ask(3));
        person.Type("j");
        person.Ask(Some.Ask(4));
        person.End(Some.Ask(1));
        Assert.Equal(Some.Id(2), person.State.Selected!.Item.Id);
        person.Type("a");
        Assert.Equal(Some.Id(2), person.Verdict().Id);
    }

    [Fact]
    public void TheCursorStopsAtBothEnds()
    {
        var person = Person.Before(Some.Ask(1), Some.Ask(2), Some.Ask(3));
        person.Press(InboxKeyKind.Up);
        Assert.Equal(Some.Id(1), person.State.Selected!.Item.Id);
        person.Press(InboxKeyKind.End);
        person.Type("jj");
        Assert.Equal(Some.Id(3), person.State.Selected.Item.Id);
        person.Press(InboxKeyKind.Home);
        Assert.Equal(Some.Id(1), person.State.Selected.Item.Id);
    }

    [Fact]
    public void AskedAgainIsCounted()
    {
        var person = Person.Before(Some.Ask());
        person.Event(EventType.AskedAgain, Some.Id(1), """{"times":14,"waiting":3}""");
        Assert.Contains("×14", person.Screen);
        Assert.Contains("asked 14 times, 3 waiting", person.Screen);
    }

    [Fact]
    public void FiltersAndShowsHowManyThereReallyAre()
    {
        var person = Person.Before(Some.Ask(1), Some.Ask(2, "net.connect", "api.github.com:443"), Some.Ask(3));
        person.Type("/GITHUB");
        Assert.Contains("clearance: 3 waiting (1 with \"GITHUB\")", person.Screen);
        Assert.Equal(Some.Id(2), person.State.Selected!.Item.Id);
        person.Press(InboxKeyKind.Enter);
        person.Type("a");
        Assert.Equal(Some.Id(2), person.Verdict().Id);
        person.Press(InboxKeyKind.Escape);
        Assert.Equal(3, person.State.Visible.Count);
    }

    [Fact]
    public void AFilterThatFitsNothingSelectsNothing()
    {
        var person = Person.Before(Some.Ask(1));
        person.Type("/zzz");
        person.Press(InboxKeyKind.Enter);
        person.Type("ad");
        Assert.Empty(person.Effects);
        Assert.Contains("1 wait, none has \"zzz\"", person.Screen);
    }

    [Theory]
    [InlineData("env")]
    [InlineData("PROD")]
    [InlineData("--force")]
    [InlineData("tmux")]
    [InlineData("release 1.2")]
    public void FiltersOverAllThatIsShown(string text)
    {
        var ask = Some.Ask() with
        {
            Ask = new AskedFor { Action = "a", Details = Some.Details("""{"env":"prod"}"""), Argv = ["deploy", "--force"] },
            Claimed = new ClaimedFacts { Reason = "Release 1.2" },
        };
        Assert.True(InboxFilter.Matches(ask, text));
        Assert.False(InboxFilter.Matches(Some.Ask(), "zzz"));
    }

    [Fact]
    public void QuitsWithZeroAndInterruptedWith130()
    {
        var person = Person.Before();
        person.Type("q");
        person.Press(InboxKeyKind.Interrupt);
        Assert.Equal([new InboxEffect.Quit(0, null), new InboxEffect.Quit(130, null)], person.Effects);
    }

    [Fact]
    public void LockdownNeedsItsWord()
    {
        var person = Person.Before();
        person.Type("Lyes");
        person.Press(InboxKeyKind.Enter);
        Assert.Empty(person.Effects);
        person.Type("Llockdown");
        person.Press(InboxKeyKind.Enter);
        Assert.Equal([new InboxEffect.SetLockdown(true)], person.Effects);
    }

    [Fact]
    public void LockdownIsShownAndLiftedByItsOwnWord()
    {
        var person = Person.Before(Some.Ask());
        person.Event(EventType.Lockdown, null, """{"on":true,"reason":"incident 7"}""");
        Assert.Contains("!!! LOCKDOWN: everything is denied; L lifts it: incident 7 !!!", person.Screen);
        person.Type("Llockdown");
        person.Press(InboxKeyKind.Enter);
        Assert.Empty(person.Effects);
        person.Type("Llift");
        person.Press(InboxKeyKind.Enter);
        Assert.Equal([new InboxEffect.SetLockdown(false)], person.Effects);
        person.Event(EventType.Lockdown, null, """{"on":false}""");
        Assert.DoesNotContain("LOCKDOWN", person.Screen);
    }

    [Fact]
    public void HelpShowsTheKeysAndHidesTheAsk()
    {
        var person = Person.Before(Some.Ask());
        person.Type("?");
        Assert.Contains("take back the grant", person.Screen);
        person.Type("a");
        Assert.Empty(person.Effects);
        Assert.IsType<InboxMode.Browsing>(person.State.Mode);
    }
}
