using ClearanceDaemon.Cli.Inbox;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary>What does not fit the pane is not allowed before it was read.</summary>
public sealed class ReadThroughTests
{
    private static readonly PendingItem Long = Some.Ask() with { Ask = new AskedFor { Action = "shell.exec", Argv = [.. Enumerable.Range(0, 40).Select(static i => $"arg{i}")] } };

    [Theory]
    [InlineData("a")]
    [InlineData("A")]
    public void AnAllowWaitsUntilAllWasOnScreen(string key)
    {
        var person = Person.Before(Long);
        Assert.Contains("READ ON to allow", person.Screen);
        person.Type(key);
        Assert.Empty(person.Effects);
        Assert.IsType<InboxMode.Browsing>(person.State.Mode);
        Assert.Contains("read it through with PgDn", person.Screen);
        Read(person);
        Assert.DoesNotContain("READ ON", person.Screen);
        person.Type(key);
        Assert.True(person.Effects.Count == 1 || person.State.Mode is InboxMode.Allowing);
    }

    [Fact]
    public void ADenyNeedsNoReading()
    {
        var person = Person.Before(Long);
        person.Type("d");
        Assert.Equal(VerdictWord.Deny, person.Verdict().Verdict);
    }

    [Fact]
    public void EveryElementIsShownOnTheWay()
    {
        var person = Person.Before(Long);
        var seen = person.Screen;
        for (var page = 0; page < 10; page++)
        {
            person.Press(InboxKeyKind.PageDown);
            seen += "\n" + person.Screen;
        }

        Assert.All(Enumerable.Range(0, 40), i => Assert.Contains($" arg{i}\n", seen));
        person.Press(InboxKeyKind.PageUp);
        person.Press(InboxKeyKind.PageUp);
        person.Press(InboxKeyKind.PageUp);
        person.Press(InboxKeyKind.PageUp);
        Assert.Contains("rows 1-", person.Screen);
    }

    [Fact]
    public void WhatWasReadStaysReadAfterAResize()
    {
        var person = Person.Before(Long);
        Read(person);
        person.Apply(new InboxInput.Resized(60, 12));
        person.Type("a");
        Assert.Single(person.Effects);
    }

    [Fact]
    public void WhatWasHalfReadIsReadAgainAtAnotherWidth()
    {
        var person = Person.Before(Long);
        person.Press(InboxKeyKind.PageDown);
        person.Apply(new InboxInput.Resized(60, 24));
        Assert.True(person.State.Selected!.SeenTo < 20);
        Assert.False(person.State.Selected.IsRead);
    }

    [Fact]
    public void ATextOfOneHugeValueIsReadThroughToo()
    {
        var person = Person.Before(Some.Ask(resource: new string('x', 57 * 69) + "END"));
        person.Type("a");
        Assert.Empty(person.Effects);
        Read(person);
        Assert.Contains("        .  END\n", person.Screen);
        person.Type("a");
        Assert.Single(person.Effects);
    }

    [Fact]
    public void WhatTheAskerClaimsNeedNotBeReadThrough()
    {
        var person = Person.Before(Some.Ask() with { Claimed = new ClaimedFacts { Reason = new string('r', 2000) } });
        person.Type("a");
        Assert.Single(person.Effects);
    }

    [Fact]
    public void AnotherAskIsReadFromItsBeginning()
    {
        var person = Person.Before(Long, Long with { Id = Some.Id(2), Digest = "sha256:2" });
        Read(person);
        person.Type("j");
        Assert.Contains("rows 1-", person.Screen);
        person.Type("a");
        Assert.Empty(person.Effects);
    }

    private static void Read(Person person)
    {
        for (var page = 0; page < 100 && !person.State.Selected!.IsRead; page++)
        {
            person.Press(InboxKeyKind.PageDown);
        }

        Assert.True(person.State.Selected!.IsRead);
    }
}
