using ClearanceDaemon.Cli.Inbox;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary>Handlers in the inbox: what they did, and asks that come back because it failed.</summary>
public sealed class HandlerEventsTests
{
    private const string Allowed = """{"outcome":"allowed","by":"operator"}""";
    private const string Done = """{"handler":"terok-shield","outcome":"allowed"}""";
    private const string Failed = """{"handler":"terok-shield","outcome":"allowed","failure":{"why":"exit","message":"exit code 1","stderr":"no such container","exitCode":1}}""";

    private static readonly PendingItem Again = Some.Ask() with
    {
        Failed = new FailedEffect
        {
            Handler = "terok-shield",
            Outcome = "allowed",
            By = "operator",
            Time = Some.Time(5_000),
            Attempts = 1,
            Failure = new HandlerFailure { Why = HandlerFault.Exit, Message = "exit code 1", ExitCode = 1, Stderr = "no such container" },
        },
    };

    [Theory]
    [InlineData(EventType.EffectDone, Done, "allowed, carried out by terok-shield")]
    [InlineData(EventType.EffectFailed, Failed, "allowed, but terok-shield failed: exit code 1: no such container")]
    [InlineData(EventType.Shield, """{"handler":"terok-shield","kind":"container_exited","container":"c1","reason":"oom","dossier":{"n":1}}""", "terok-shield: container_exited c1: oom")]
    [InlineData(EventType.Shield, """{"handler":"terok-shield","kind":"shield_down","container":"c1"}""", "terok-shield: shield_down c1")]
    [InlineData(EventType.Handler, """{"name":"hello","state":"backing_off"}""", "handler hello: backing off")]
    public void EachIsALineBelow(string type, string data, string said)
    {
        var person = Person.Before(Some.Ask());
        person.Event(type, null, data);
        Assert.Contains($"\n{said}", person.Screen);
        Assert.Single(person.State.Asks);
    }

    [Theory]
    [InlineData(HandlerState.Ok, Colour.Good)]
    [InlineData(HandlerState.Disabled, Colour.Dim)]
    [InlineData(HandlerState.BackingOff, Colour.Doubtful)]
    [InlineData(HandlerState.Broken, Colour.Bad)]
    [InlineData("newer", Colour.Bad)]
    public void AStateHasItsColour(string state, object colour)
    {
        var person = Person.Before();
        person.Event(EventType.Handler, null, $$"""{"name":"hello","state":"{{state}}"}""");
        Assert.Equal((Colour)colour, person.State.Message!.Colour);
    }

    [Theory]
    [InlineData(EventType.EffectFailed, "{}")]
    [InlineData(EventType.Shield, "null")]
    [InlineData(EventType.Handler, """{"name":1}""")]
    public void AnotherShapeIsSaid(string type, string data)
    {
        var person = Person.Before();
        person.Event(type, null, data);
        Assert.Contains("of a shape not known here", person.Screen);
    }

    [Fact]
    public void AnAskWhoseEffectFailedComesBackAndCanBeDecidedAgain()
    {
        var person = Person.Before(Some.Ask());
        person.Type("a");
        Assert.Equal(VerdictWord.Allow, person.Verdict().Verdict);
        person.Event(EventType.Decided, Some.Id(1), Allowed);
        Assert.Contains("nothing waits", person.Screen);
        person.Event(EventType.EffectFailed, Some.Id(1), Failed);
        person.Ask(Again);
        Assert.StartsWith("clearance: 1 waiting", person.Screen);
        Assert.Contains(" ! deploy.production web1", person.Screen);
        Assert.Contains("\nFAILED     allowed by operator, but terok-shield failed: exit code 1: no such", person.Screen);
        person.Type("a");
        Assert.Empty(person.Effects);
        person.Wait(InboxLimits.KeyGuard);
        person.Type("a");
        Assert.Equal((Some.Id(1), Again.Digest), (person.State.OnScreen!.Value.Id, person.Verdict().Digest));
    }

    [Fact]
    public void OneThatFailedWhileTheDaemonWasAwayTakesAnotherVerdict()
    {
        // The verdict went out and no answer came; the snapshot tells what became of it.
        var person = Person.Before(Some.Ask());
        person.Type("a");
        Assert.NotNull(person.Verdict());
        person.Apply(new InboxInput.Away("gone"));
        person.Start(Again);
        Assert.Contains("\nFAILED     allowed", person.Screen);
        person.Type("d");
        Assert.Equal(VerdictWord.Deny, person.Verdict().Verdict);
    }

    [Fact]
    public void TheSameAskToldAgainIsNotAnotherTry()
    {
        var person = Person.Before(Again);
        person.Type("a");
        Assert.NotNull(person.Verdict());
        person.Ask(Again);
        person.Type("a");
        Assert.Empty(person.Effects);
        person.Ask(Again with { Failed = Again.Failed! with { Attempts = 2 } });
        person.Wait(InboxLimits.KeyGuard);
        person.Type("a");
        Assert.NotNull(person.Verdict());
    }

    [Fact]
    public void WhatFailedStandsAfterWhatIsAskedAndWhole()
    {
        var detail = new PendingDetail(Again, SafeText.None, 80);
        var rows = detail.Rows.Skip(detail.AskedEnd).Select(static row => row.ToString()).ToArray();
        Assert.Equal("FAILED     allowed by operator, but terok-shield failed: exit code 1: no such co", rows[0]);
        Assert.Equal("        .  ntainer; tried at 2026-11-20T10:00:05.000Z; a verdict tries again", rows[1].TrimEnd());
        Assert.StartsWith("OBSERVED", rows[2]);
    }

    [Fact]
    public void AContainerStandsInPlaceOfAProcess()
    {
        var item = Some.Ask() with { Observed = new PrincipalFacts { State = PrincipalState.Unknown, Principal = AskAs.Container, Container = "c1" } };
        var rows = new PendingDetail(item, SafeText.None, 80).Rows.Select(static row => row.ToString()).ToArray();
        Assert.Contains("OBSERVED   not proof: container c1, by its reporter's word", rows);
        Assert.DoesNotContain(rows, static row => row.Contains("nothing could be read", StringComparison.Ordinal));
    }
}
