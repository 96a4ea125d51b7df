using ClearanceDaemon.Cli.Inbox;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary>Whole screens, as text.</summary>
public sealed class ViewTests
{
    private static readonly PendingItem Full = Some.Ask() with
    {
        Times = 14,
        Waiting = 3,
        Verified = new VerifiedFacts { Uid = 1000, Gid = 1000, Pid = 4711, Via = "claude" },
        Ask = new AskedFor { Action = "deploy.production", Resource = "web1", Details = Some.Details("""{"host":"web1","count":3,"dry":false,"size":"3"}"""), Argv = ["deploy", "", "a b", " -f "] },
        Claimed = new ClaimedFacts { Title = "Release 1.2", Reason = "the customer waits", Project = "/home/me/app" },
        Rule = "prod",
        RuleReason = "ask the one on call",
        Scopes = [ScopeKind.Once, ScopeKind.For],
        Ceiling = "2h",
        Changed = ["details.host"],
    };

    [Fact]
    public void AnEightyByTwentyFourScreen()
    {
        var person = Person.Before(Full, Some.Ask(2, "net.connect", "api.github.com:443"));
        person.Wait(14_500);
        Assert.Equal(
            """
            clearance: 2 waiting, 1 operator
            > 15s[##------]45s ×14  claude    * deploy.production web1
              15s[##------]45s      ask         net.connect api.github.com:443




            -- 00000000 asked 14 times, 3 waiting rows 1-14 of 26, PgDn --------------------
            VERIFIED   by the kernel: uid 1000, pid 4711, via claude
            ASKED      deploy.production
              resource web1
              detail   host = web1
              detail   count = 3
              detail   dry = false
              detail   size = "3"
              argv 0   deploy
              argv 1   ""
              argv 2   a b
              argv 3   " -f "
            OBSERVED   not proof: parent, pid 4700, alive when seen
              program  /usr/bin/bash
              name     bash

            a allow once  A allow...  d deny  D deny...  u undo  / filter  ? help  q quit
            """,
            person.Screen);
    }

    [Fact]
    public void TheRestOfTheDetail()
    {
        var person = Person.Before(Full);
        person.Press(InboxKeyKind.PageDown);
        Assert.Equal(
            """
              program  /usr/bin/bash
              name     bash
              unit     tmux.scope
            CLAIMED    by the asker, checked by nobody
              title    Release 1.2
              reason   the customer waits
              project  /home/me/app
            RULE       prod
              says     ask the one on call
              scopes   once, for, at most 2h
              changed  details.host: a grant fits but for this
              id       00000000000000000000000000000001
              digest   sha256:00000000000000000000000000000000000000000000000000000000000000
            """,
            string.Join('\n', person.Screen.Split('\n')[8..21]));
    }

    [Fact]
    public void TheSmallestScreen()
    {
        var person = new Person(40, 10);
        person.Start(Some.Ask(), Some.Ask(2));
        Assert.Equal(
            """
            clearance: 2 waiting, 1 operator
            >  0s[----]59s   deploy.production web1
               0s[----]59s   deploy.production web1
            -- 00000000 rows 1-4 of 18, PgDn -------
            VERIFIED   by the kernel: uid 1000, pid
                    .  4711, via ask
            ASKED      deploy.production
              resource web1

            a allow once  A allow...  d deny
            """,
            person.Screen);
        person.Type("a");
        Assert.Single(person.Effects);
    }

    [Theory]
    [InlineData(39, 24)]
    [InlineData(80, 9)]
    [InlineData(1, 1)]
    public void ASmallerScreenSaysSoAndDecidesNothing(int width, int height)
    {
        var person = Person.Before(Some.Ask());
        person.Apply(new InboxInput.Resized(width, height));
        Assert.Equal(height, person.Screen.Split('\n').Length);
        Assert.DoesNotContain("VERIFIED", person.Screen);
        Assert.True(width == 1 || person.Screen.Replace("\n", "").Contains($"this terminal is {width}x{height}; 40x10 is needed"), person.Screen);
        person.Type("aAdD");
        Assert.Empty(person.Effects);
    }

    [Theory]
    [InlineData(40, 10)]
    [InlineData(80, 24)]
    [InlineData(63, 11)]
    [InlineData(200, 60)]
    public void EveryScreenIsAsTallAsTheTerminalAndNoRowIsWider(int width, int height)
    {
        var person = new Person(width, height);
        person.Start(Full, Some.Ask(2, resource: new string('語', 500)));
        person.Event(EventType.Lockdown, null, """{"on":true,"reason":"incident"}""");
        foreach (var key in "jk?xA\u001bD\u001b/\u001bL\u001b")
        {
            person.Press(key == '\u001b' ? new InboxKey(InboxKeyKind.Escape) : InboxKey.Of(key));
            var screen = InboxView.Draw(person.State, person.Now);
            Assert.Equal(height, screen.Rows.Count);
            Assert.All(screen.Rows, row => Assert.True(FitText.Columns(row.ToString()) <= width, row.ToString()));
            Assert.True(screen.Cursor is not { } cursor || (cursor.Row < height && cursor.Column < width));
        }
    }

    [Fact]
    public void ACutIsMarkedInTheListAndWholeInTheDetail()
    {
        var person = Person.Before(Some.Ask(resource: new string('x', 300) + "-tail"));
        Assert.Contains("… 305 B, ends", person.Screen.Split('\n')[1]);
        Assert.EndsWith("-tail", person.Screen.Split('\n')[1]);
        Assert.Contains(new string('x', 69), person.Screen);
        Assert.DoesNotContain("READ ON", person.Screen);
    }

    [Fact]
    public void WithoutColoursNothingIsLost()
    {
        var person = Person.Before(Full, Some.Ask(2));
        person.Event(EventType.Lockdown, null, """{"on":true}""");
        var plain = TestScreen.Of(person.Frame(hasColours: false));
        var coloured = TestScreen.Of(person.Frame(hasColours: true));
        Assert.Equal((false, true), (plain.HasColours, coloured.HasColours));
        Assert.Equal(coloured.ToString(), plain.ToString());
        Assert.All((string[])["!!! LOCKDOWN", "> ", "VERIFIED", "OBSERVED   not proof"], word => Assert.Contains(word, plain.ToString()));
    }

    [Fact]
    public void WideTextStaysInLine()
    {
        var person = Person.Before(Some.Ask(resource: "日本語 😀") with { Verified = Full.Verified with { Via = "日本" } }, Full with { Id = Some.Id(2) });
        var rows = person.Screen.Split('\n');
        Assert.Equal(FitText.Columns(rows[2][..rows[2].IndexOf("deploy", StringComparison.Ordinal)]), FitText.Columns(rows[1][..rows[1].IndexOf("deploy", StringComparison.Ordinal)]));
        Assert.Contains("  resource 日本語 😀", person.Screen);
    }

    [Fact]
    public void ARefusalIsShownWholeAboveTheAsk()
    {
        var person = Person.Before(Some.Ask());
        var why = "refused: you are a descendant of its principal, pid 4700; answer from a terminal that it did not start, or set selfApproval in the rule";
        person.Type("a");
        person.Apply(new InboxInput.NotDecided(Some.Id(1), why));
        Assert.StartsWith("REFUSED    refused: you are a descendant of its principal, pid 4700;", person.Screen.Split('\n')[8]);
        Assert.EndsWith(" a terminal that it did not start, or set selfApproval in the rule", person.Screen.Split('\n')[9]);
        Assert.StartsWith("VERIFIED", person.Screen.Split('\n')[10]);
        person.Effects.Clear();
        person.Type("a");
        Assert.Single(person.Effects);
    }

    [Fact]
    public void AMenuTooWideForItsScreenShowsTheChosenScope()
    {
        var person = new Person(40, 12);
        person.Start(Some.Ask());
        person.Type("Alll");
        Assert.Contains("ALLOW [until exit] 4 of 6\n", person.Screen);
        person.Press(InboxKeyKind.Escape);
        person.Type("Llock");
        Assert.Contains("type lockdown: lock\n", person.Screen);
    }

    [Fact]
    public void WhoseAskItIsIsShown() => Assert.Contains("  as       session", Person.Before(Some.Ask() with { Ask = new AskedFor { Action = "a", As = "session" } }).Screen);

    [Fact]
    public void ALongLineBeingTypedShowsItsEnd()
    {
        var person = Person.Before(Some.Ask());
        person.Type("D" + new string('x', 100) + "END");
        Assert.Contains("xEND", person.Screen);
        Assert.Equal(22, InboxView.Draw(person.State, person.Now).Cursor!.Value.Row);
    }
}
