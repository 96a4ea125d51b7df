using ClearanceDaemon.Cli.Inbox;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary>What the daemon tells: snapshots, what comes after them, and coming back after it was away.</summary>
public sealed class InboxEventsTests
{
    [Fact]
    public void ASnapshotFillsTheList()
    {
        var person = new Person();
        Assert.Contains("reading", person.Screen);
        person.Start(Some.Ask(1), Some.Ask(2));
        Assert.StartsWith("clearance: 2 waiting, 1 operator\n", person.Screen);
    }

    [Fact]
    public void HowManyAnswerIsShown()
    {
        var person = Person.Before();
        person.Event(EventType.Operators, null, """{"present":3}""");
        Assert.Contains("3 operators", person.Screen);
        var silent = new Person(answers: false);
        silent.Start();
        Assert.Contains("1 operator, not counting you", silent.Screen);
    }

    [Fact]
    public void WhatOthersDecideIsTold()
    {
        var person = Person.Before(Some.Ask());
        person.Event(EventType.Decided, Some.Id(1), """{"outcome":"denied","by":"operator","reason":"no"}""");
        Assert.Contains("denied by operator (no): deploy.production web1", person.Screen);
        Assert.Contains("nothing waits", person.Screen);
    }

    [Fact]
    public void WhenTheDaemonIsAwayNothingIsSent()
    {
        var person = Person.Before(Some.Ask());
        person.Apply(new InboxInput.Away("it closed the connection"));
        Assert.Contains("DAEMON AWAY, trying again: it closed the connection", person.Screen);
        person.Type("a");
        Assert.Empty(person.Effects);
        Assert.Contains("the daemon is away", person.Screen);
    }

    [Fact]
    public void ResumedWhereItWasTheListStands()
    {
        var person = Person.Before(Some.Ask(1), Some.Ask(2));
        person.Type("j");
        person.Apply(new InboxInput.Away("gone"));
        person.Apply(new InboxInput.Connected(Resumed: true));
        person.Ask(Some.Ask(3));
        Assert.Contains("3 waiting", person.Screen);
        Assert.Equal(Some.Id(2), person.State.Selected!.Item.Id);
        person.Type("a");
        Assert.Equal(Some.Id(2), person.Verdict().Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ANewSnapshotDropsWhatItDoesNotName(bool lost)
    {
        var person = Person.Before(Some.Ask(1), Some.Ask(2));
        if (lost)
        {
            person.Event(EventType.Lost, null, "{}");
        }
        else
        {
            person.Apply(new InboxInput.Away("gone"));
            person.Apply(new InboxInput.Connected(Resumed: false));
        }

        Assert.Contains("2 waiting, reading", person.Screen);
        person.Ask(Some.Ask(2));
        person.Event(EventType.SnapshotEnd, null, Some.SnapshotEnd());
        Assert.Equal([Some.Id(2)], person.State.Asks.Select(static ask => ask.Item.Id));

        // The cursor moved by itself.
        person.Type("a");
        Assert.Empty(person.Effects);
    }

    [Fact]
    public void ASnapshotsLockdownCounts()
    {
        var person = new Person();
        person.Apply(new InboxInput.Connected(Resumed: false));
        person.Event(EventType.SnapshotEnd, null, Some.SnapshotEnd(lockdown: """{"on":true}"""));
        Assert.Contains("LOCKDOWN", person.Screen);
    }

    [Fact]
    public void UnknownEventsAndUnknownAsksAreIgnored()
    {
        var person = Person.Before(Some.Ask());
        var before = person.Screen;
        person.Event("from_the_future", Some.Id(1), """{"x":[1]}""");
        person.Event(EventType.Decided, Some.Id(77), """{"outcome":"denied","by":"operator"}""");
        person.Event(EventType.AskedAgain, Some.Id(77), """{"times":2,"waiting":2}""");
        Assert.Equal(before, person.Screen);
    }

    [Theory]
    [InlineData(EventType.Asked, "{}")]
    [InlineData(EventType.Asked, "null")]
    [InlineData(EventType.SnapshotEnd, "[]")]
    [InlineData(EventType.Operators, """{"present":"many"}""")]
    [InlineData(EventType.Lockdown, """{"on":true,"reason":"\ud800"}""")]
    public void AnEventOfAnotherShapeIsSaidAndChangesNothing(string type, string data)
    {
        var person = Person.Before(Some.Ask());
        person.Event(type, null, data);
        Assert.Contains("of a shape not known here", person.Screen);
        Assert.Single(person.State.Asks);
    }

    [Fact]
    public void NewRulesAreTold()
    {
        var person = Person.Before();
        person.Event(EventType.Rules, null, """{"state":"ok","count":12,"sha256":"x"}""");
        Assert.Contains("other rules are in force: 12, ok", person.Screen);
        person.Wait(InboxLimits.MessageStays);
        Assert.DoesNotContain("other rules", person.Screen);
    }

    [Fact]
    public void LockdownsAnswerSaysWhatItDid()
    {
        var person = Person.Before();
        person.Apply(new InboxInput.LockdownSet(new LockdownResult { State = new LockdownState { On = true }, Revoked = 2, Denied = 1 }));
        Assert.Contains("1 asks denied, 2 grants revoked", person.Screen);
        person.Apply(new InboxInput.LockdownSet(new LockdownResult { State = new LockdownState { On = false }, Revoked = 0, Denied = 0 }));
        Assert.Contains("lockdown is lifted", person.Screen);
        person.Apply(new InboxInput.Failed("the disk is full"));
        Assert.Contains("the disk is full", person.Screen);
    }

    [Fact]
    public void TenThousandAsksAreShownAtOnce()
    {
        var person = Person.Before([.. Enumerable.Range(1, 10_000).Select(static i => Some.Ask(i))]);
        person.Press(InboxKeyKind.End);
        person.Type("a");
        Assert.Equal(Some.Id(10_000), person.Verdict().Id);
    }
}
