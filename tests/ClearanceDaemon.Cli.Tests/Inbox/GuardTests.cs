using ClearanceDaemon.Cli.Inbox;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary>Keys decide only what the person could mean: row B50, and the daemon's deadline, row B52.</summary>
public sealed class GuardTests
{
    [Fact]
    public void B50_TypedAheadKeysDecideNothingAtTheStart()
    {
        var person = new Person();
        person.Type("a");
        person.Apply(new InboxInput.Connected(Resumed: false));
        person.Ask(Some.Ask());
        Assert.True(person.Flushes > 0, "what was typed ahead is still there");
        person.Type("aAdD");
        Assert.Empty(person.Effects);
        Assert.IsType<InboxMode.Browsing>(person.State.Mode);
    }

    [Theory]
    [InlineData(InboxLimits.KeyGuard - 1, 0)]
    [InlineData(InboxLimits.KeyGuard, 1)]
    public void B50_AfterTheSelectedAskWentKeysRest(int pause, int decided)
    {
        var person = Person.Before(Some.Ask(1), Some.Ask(2));
        person.End(Some.Ask(1));
        Assert.Equal(Some.Id(2), person.State.Selected!.Item.Id);
        person.Wait(pause);
        person.Type("a");
        Assert.Equal(decided, person.Effects.Count);
    }

    [Fact]
    public void B50_WhoeverKeepsTypingDecidesNothing()
    {
        var person = Person.Before(Some.Ask(1), Some.Ask(2));
        person.End(Some.Ask(1));
        foreach (var key in "dad had a salad")
        {
            person.Wait(150);
            person.Press(InboxKey.Of(key));
        }

        Assert.Empty(person.Effects);
        person.Wait(InboxLimits.KeyGuard);
        person.Type("d");
        Assert.Equal(Some.Id(2), person.Verdict().Id);
    }

    [Fact]
    public void B50_AnAskOnAnEmptyScreenIsGuarded()
    {
        var person = Person.Before();
        person.Wait(60_000);
        person.Ask(Some.Ask());
        person.Type("a");
        Assert.Empty(person.Effects);
    }

    [Fact]
    public void B50_KeysReadBeforeTheNextFrameDoNotDecide()
    {
        var person = Person.Before(Some.Ask(1), Some.Ask(2));
        person.ApplyUnseen(new InboxInput.Pressed(InboxKey.Of('j')));
        person.ApplyUnseen(new InboxInput.Pressed(InboxKey.Of('a')));
        Assert.Empty(person.Effects);
        Assert.Contains("was not on screen yet", person.Screen);
    }

    [Fact]
    public void B50_AReasonBeingTypedWhenItsAskEndsCommandsNothing()
    {
        var person = Person.Before(Some.Ask(1), Some.Ask(2));
        person.Type("Dbec");
        person.End(Some.Ask(1));
        person.Wait(2000);
        person.Type("ause a daft deal");
        Assert.Contains("HAS ENDED: timed_out", person.Screen);
        Assert.Empty(person.Effects);
        person.Press(InboxKeyKind.Enter);
        person.Type("a");
        Assert.Empty(person.Effects);
        person.Wait(InboxLimits.KeyGuard);
        person.Type("a");
        Assert.Equal(Some.Id(2), person.Verdict().Id);
    }

    [Fact]
    public void B50_AMenuWhoseAskEndedAllowsNothing()
    {
        var person = Person.Before(Some.Ask(1), Some.Ask(2));
        person.Type("A");
        person.End(Some.Ask(1));
        person.Wait(InboxLimits.KeyGuard);
        person.Press(InboxKeyKind.Enter);
        Assert.Empty(person.Effects);
        Assert.IsType<InboxMode.Browsing>(person.State.Mode);
    }

    [Fact]
    public void B50_AnotherDigestUnderTheSameIdIsAnotherAsk()
    {
        var person = Person.Before(Some.Ask());
        person.Ask(Some.Ask() with { Digest = "sha256:other" });
        person.Type("a");
        Assert.Empty(person.Effects);
        person.Wait(InboxLimits.KeyGuard);
        person.Type("a");
        Assert.Equal("sha256:other", person.Verdict().Digest);
    }

    [Fact]
    public void B50_APasteIsNoCommand()
    {
        var person = Person.Before(Some.Ask());
        person.Press(new InboxKey(InboxKeyKind.Pasted, new System.Text.Rune('a')));
        Assert.Empty(person.Effects);
    }

    [Fact]
    public void B50_ComingBackFromTheShellIsGuarded()
    {
        var person = Person.Before(Some.Ask());
        person.Press(InboxKeyKind.Suspend);
        person.Type("a");
        Assert.Equal([new InboxEffect.Suspend()], person.Effects);
    }

    [Fact]
    public void MovingIsNeverGuarded()
    {
        var person = new Person();
        person.Apply(new InboxInput.Connected(Resumed: false));
        person.Ask(Some.Ask(1));
        person.Ask(Some.Ask(2));
        person.Type("j");
        Assert.Equal(Some.Id(2), person.State.Selected!.Item.Id);
    }

    [Theory]
    [InlineData(59_999, 1)]
    [InlineData(60_000, 0)]
    public void B52_AfterTheDaemonsDeadlineNoVerdictIsSent(long passed, int decided)
    {
        var person = Person.Before(Some.Ask());
        person.Wait(passed - person.Passed);
        person.Type("a");
        Assert.Equal(decided, person.Effects.Count);
        Assert.Equal(decided == 0, person.Screen.Contains("OVER: takes no verdict"));
        Assert.Equal(decided == 0, person.Screen.Contains("its deadline has passed"));
    }

    [Theory]
    [InlineData(3_600_000)]
    [InlineData(-3_600_000)]
    public void B52_TheDaemonsClockCounts(long error)
    {
        var person = new Person { WallError = error };
        person.Start(Some.Ask());
        Assert.Contains("0s[--------]59s", person.Screen);
        person.Wait(60_000);
        person.Type("a");
        Assert.Empty(person.Effects);
    }

    [Fact]
    public void B52_ALateEventDoesNotSetTheClockBack()
    {
        var person = Person.Before(Some.Ask());
        person.Wait(30_000);
        person.Apply(new InboxInput.Happened(new ClearanceEvent
        {
            Seq = 99,
            Epoch = Some.Epoch,
            Time = Some.Time(0),
            Type = "whatever",
            Data = System.Text.Json.JsonDocument.Parse("{}").RootElement,
        }));
        Assert.Contains("30s[####----]29s", person.Screen);
    }

    [Fact]
    public void B52_TooLateIsSaidOnTheAskAndNotTriedAgain()
    {
        var person = Person.Before(Some.Ask());
        person.Type("a");
        _ = person.Verdict();
        person.Apply(new InboxInput.NotDecided(Some.Id(1), "too late: the deadline had passed, nothing was decided"));
        Assert.Contains("too late", person.Screen);
        Assert.Empty(person.Effects);
        person.Wait(InboxLimits.MessageStays);
        Assert.Contains("too late", person.Screen);
    }

    [Fact]
    public void B52_ADeadlineThatCannotBeReadHasPassed()
    {
        var person = Person.Before(Some.Ask() with { Deadline = "soon" });
        person.Type("a");
        Assert.Empty(person.Effects);
    }
}
