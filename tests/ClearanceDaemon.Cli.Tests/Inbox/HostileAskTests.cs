using System.Text.Json;
using ClearanceDaemon.Cli.Inbox;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary>An asker's text rewrites nothing: row B45 in the inbox, in every member an asker controls.</summary>
public sealed class HostileAskTests
{
    private const string Hostile = "x\e[2J\e]0;t\a\e]8;;x\e\\\u009b31m\u202eevil\u2066\u2069\r\b\u200b\u200e\U000E0041\u2028\u007f\nVERIFIED";

    public static readonly TheoryData<string> Members = new("resource", "detail", "detailname", "argv", "title", "reason", "project", "command", "exe", "unit", "via", "key", "rule", "changed", "started", "container", "failed");

    [Theory]
    [MemberData(nameof(Members))]
    public void B45_NoMemberReachesTheTerminalAsItIs(string member)
    {
        var person = Person.Before(With(member), Some.Ask(2));
        foreach (var (width, height) in ((int, int)[])[(80, 24), (200, 60), (40, 10)])
        {
            person.Apply(new InboxInput.Resized(width, height));
            for (var page = 0; page < 8; page++)
            {
                Check(person, hasColours: true);
                Check(person, hasColours: false);
                person.Press(InboxKeyKind.PageDown);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void B45_TheActionLineIsUnchanged(string member)
    {
        var person = Person.Before(With(member));
        var screen = TestScreen.Of(person.Frame());
        Assert.StartsWith("VERIFIED   by the kernel: uid 1000, pid 4711, via ", screen.Row(8));
        Assert.Equal(
            "ASKED      deploy.production",
            Enumerable.Range(9, 8).Select(screen.Row).First(static row => row.StartsWith("ASKED", StringComparison.Ordinal)));
        Assert.Contains(" deploy.production ", screen.Row(1) + " ");
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void B45_NoTextStandsWhereOurWordsDo(string member)
    {
        // Long enough to run over rows wherever these break.
        var person = new Person(80, 60);
        person.Start(With(member, string.Concat(Enumerable.Repeat("VERIFIED   by the kernel: uid 0          ", 12))));
        foreach (var row in person.Screen.Split('\n').Skip(21))
        {
            Assert.False(row.StartsWith("VERIFIED", StringComparison.Ordinal) && !row.StartsWith("VERIFIED   by the kernel: uid 1000", StringComparison.Ordinal), row);
        }
    }

    [Fact]
    public void B45_WhatWasCleanedSaysSo()
    {
        var person = Person.Before(With("resource"));
        Assert.Contains("[cleaned]", person.Screen);
        Assert.Contains(" ~ deploy.production x\\u{1b}", person.Screen);
        Assert.DoesNotContain("[cleaned]", Person.Before(Some.Ask()).Screen);
    }

    [Fact]
    public void B45_TheDaemonsOwnTextsAreCleanedToo()
    {
        var person = Person.Before(Some.Ask());
        person.Apply(new InboxInput.Away(Hostile));
        Check(person, hasColours: true);
        person.Apply(new InboxInput.NotDecided(Some.Id(1), Hostile));
        Check(person, hasColours: true);
        person.Event(EventType.Lockdown, null, $$"""{"on":true,"reason":"{{JsonEncodedText.Encode(Hostile)}}"}""");
        Check(person, hasColours: true);
        person.Event(EventType.Decided, Some.Id(1), $$"""{"outcome":"{{JsonEncodedText.Encode(Hostile)}}","by":"{{JsonEncodedText.Encode(Hostile)}}","reason":"{{JsonEncodedText.Encode(Hostile)}}"}""");
        Check(person, hasColours: true);
        person.Event(Hostile, Hostile, "null");
        Check(person, hasColours: true);
    }

    [Theory]
    [InlineData(EventType.EffectFailed, """{"handler":"X","outcome":"X","failure":{"why":"X","message":"X","stderr":"X"}}""")]
    [InlineData(EventType.EffectDone, """{"handler":"X","outcome":"X"}""")]
    [InlineData(EventType.Shield, """{"handler":"X","kind":"X","container":"X","reason":"X","dossier":{"X":"X"}}""")]
    [InlineData(EventType.Handler, """{"name":"X","state":"X"}""")]
    public void B45_WhatHandlersSayIsCleaned(string type, string data)
    {
        data = data.Replace("X", JsonEncodedText.Encode(Hostile).ToString(), StringComparison.Ordinal);
        var person = Person.Before(Some.Ask());
        person.Event(type, Some.Id(1), data);
        Check(person, hasColours: true);
        Assert.Contains("\\u{1b}", person.Screen);
        var line = EventLine.Of(new ClearanceEvent { Seq = 1, Epoch = "e", Time = Some.Time(0), Type = type, Data = JsonDocument.Parse(data).RootElement }).ToString();
        Assert.Empty(TestScreen.Of(line).Faults);
        Assert.DoesNotContain('\n', line);
    }

    [Fact]
    public void B45_WhatIsPastedIntoALineIsCleaned()
    {
        var person = Person.Before(Some.Ask());
        person.Type("D");
        foreach (var rune in Hostile.EnumerateRunes())
        {
            person.Press(new InboxKey(InboxKeyKind.Pasted, rune));
        }

        Check(person, hasColours: true);
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void B45_LineModeShowsNoControls(string member)
    {
        var data = JsonDocument.Parse(Some.Json(With(member))).RootElement;
        var line = EventLine.Of(new ClearanceEvent { Seq = 1, Epoch = "e", Time = Some.Time(0), Type = EventType.Asked, Id = Some.Id(1), Data = data }).ToString();
        Assert.Empty(TestScreen.Of(line).Faults);
        Assert.DoesNotContain('\e', line);
        Assert.DoesNotContain('\n', line);
        Assert.Contains(": deploy.production", line);
    }

    private static void Check(Person person, bool hasColours)
    {
        var screen = TestScreen.Of(person.Frame(hasColours));
        Assert.Empty(screen.Faults);
        Assert.True(hasColours || !screen.HasColours);

        // What arrives is what was meant, row by row, and nothing ran over.
        Assert.Equal(person.Screen.TrimEnd('\n'), screen.ToString().TrimEnd('\n'));
        Assert.All(person.Screen.Split('\n'), row => Assert.True(FitText.Columns(row) <= person.State.Width, row));
    }

    private static FailedEffect Failed(string text) => new()
    {
        Handler = text,
        Outcome = text,
        By = text,
        Time = text,
        Attempts = 1,
        Failure = new HandlerFailure { Why = text, Message = text, Stderr = text },
    };

    private static PendingItem With(string member, string text = Hostile)
    {
        var ask = Some.Ask();
        return member switch
        {
            "resource" => ask with { Ask = ask.Ask with { Resource = text } },
            "detail" => ask with { Ask = ask.Ask with { Details = Some.Details($$"""{"d":"{{JsonEncodedText.Encode(text)}}"}""") } },
            "detailname" => ask with { Ask = ask.Ask with { Details = Some.Details($$"""{"{{JsonEncodedText.Encode(text)}}":1}""") } },
            "argv" => ask with { Ask = ask.Ask with { Argv = [text, "b"] } },
            "title" => ask with { Claimed = new ClaimedFacts { Title = text } },
            "reason" => ask with { Claimed = new ClaimedFacts { Reason = text } },
            "project" => ask with { Claimed = new ClaimedFacts { Project = text } },
            "command" => ask with { Observed = ask.Observed with { Command = text } },
            "exe" => ask with { Observed = ask.Observed with { Exe = text } },
            "unit" => ask with { Observed = ask.Observed with { Unit = text } },
            "started" => ask with { Observed = ask.Observed with { Started = text, Principal = text, State = text } },
            "container" => ask with { Observed = new PrincipalFacts { State = text, Principal = text, Container = text } },
            "failed" => ask with { Failed = Failed(text) },
            "via" => ask with { Verified = ask.Verified with { Via = text } },
            "key" => ask with { Key = text },
            "rule" => ask with { Rule = text, RuleReason = text, Ceiling = text, Scopes = [text] },
            "changed" => ask with { Changed = [text] },
            _ => throw new ArgumentException(member, nameof(member)),
        };
    }
}
