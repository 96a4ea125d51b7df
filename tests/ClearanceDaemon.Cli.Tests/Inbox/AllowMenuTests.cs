using ClearanceDaemon.Cli.Inbox;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary>Allow for longer: only the scopes there are, within the ceiling, bound to what was shown.</summary>
public sealed class AllowMenuTests
{
    private static readonly PendingItem Rich = Some.Ask() with
    {
        Ask = new AskedFor
        {
            Action = "shell.exec",
            Resource = "web1",
            Details = Some.Details("""{"command":"rm","host":"web1"}"""),
            Argv = ["rm", "-r"],
        },
        Claimed = new ClaimedFacts { Project = "/home/me/app", Title = "t", Reason = "r" },
    };

    [Fact]
    public void AllThatIsShownIsBound()
    {
        var verdict = Allow(Rich, "l");
        Assert.Equal(("for", "10m", null), (verdict.Scope!.Kind, verdict.Scope.Duration, verdict.Scope.Uses));
        Assert.Equal(["action", "resource", "details", "argv", "project"], verdict.Bind!);
    }

    [Fact]
    public void OnlyWhatThereIsIsBound() => Assert.Equal(["action", "resource"], Allow(Some.Ask(), "l").Bind!);

    [Fact]
    public void OnceBindsNothing() => Assert.Null(Allow(Rich, "").Bind);

    [Theory]
    [InlineData("lll", "until-exit", null, null)]
    [InlineData("ll", "for", "1h", null)]
    [InlineData("llll", "uses", null, 5)]
    [InlineData("llll3", "uses", null, 3)]
    [InlineData("llll12", "uses", null, 12)]
    [InlineData("lllll", "always", null, null)]
    [InlineData("h", "always", null, null)]
    [InlineData("llllll", "once", null, null)]
    public void EveryScopeCanBeChosen(string keys, string kind, string? duration, int? uses)
    {
        var scope = Allow(Rich, keys).Scope!;
        Assert.Equal((kind, duration, uses), (scope.Kind, scope.Duration, scope.Uses));
    }

    [Theory]
    [InlineData(null, "10m 1h")]
    [InlineData("5m", "5m")]
    [InlineData("10m", "10m")]
    [InlineData("30m", "10m 30m")]
    [InlineData("1h", "10m 1h")]
    [InlineData("2h", "10m 1h 2h")]
    [InlineData("nonsense", "")]
    public void DurationsStayWithinTheCeiling(string? ceiling, string durations)
    {
        var choices = AllowChoice.Of(Some.Ask() with { Scopes = [ScopeKind.For], Ceiling = ceiling });
        Assert.Equal(durations, string.Join(' ', choices.Select(static choice => Duration.Format(choice.For))));
    }

    [Fact]
    public void OnlyTheRulesScopesAreOffered() => Assert.Equal(
        [ScopeKind.Once, ScopeKind.Uses],
        AllowChoice.Of(Some.Ask() with { Scopes = [ScopeKind.Uses, ScopeKind.Once, "forever-and-ever"] }).Select(static choice => choice.Kind));

    [Fact]
    public void AnUnboundMemberIsShownAsAny()
    {
        var person = Open(Rich, "lj ");
        Assert.Contains("> [ ] any resource", person.Screen);
        person.Press(InboxKeyKind.Enter);
        Assert.Equal(["action", "details", "argv", "project"], person.Verdict().Bind!);
    }

    [Theory]
    [InlineData("l ", "action is always bound")]
    [InlineData("ljjj ", "argv is always bound")]
    [InlineData("ljj j ", "details.command is always bound")]
    public void SomeMembersAreAlwaysBound(string keys, string message)
    {
        var person = Open(Rich, keys);
        Assert.Contains(message, person.Screen);
        person.Press(InboxKeyKind.Enter);
        Assert.Contains(person.Verdict().Bind!, name => message.StartsWith(name + " ", StringComparison.Ordinal));
    }

    [Fact]
    public void DetailsUnboundAsAWholeAreBoundOneByOne()
    {
        var person = Open(Rich, "ljj jj ");
        Assert.Contains("[ ] any details.host", person.Screen);
        person.Press(InboxKeyKind.Enter);
        Assert.Equal(["action", "resource", "details.command", "argv", "project"], person.Verdict().Bind!);
    }

    [Fact]
    public void DetailsBoundAgainAreOneRow()
    {
        var person = Open(Rich, "ljj  ");
        person.Press(InboxKeyKind.Enter);
        Assert.Equal(["action", "resource", "details", "argv", "project"], person.Verdict().Bind!);
    }

    [Fact]
    public void TheAskStaysInViewBelowTheMenu()
    {
        var screen = Open(Rich, "l").Screen;
        Assert.Contains("ALLOW  once  [10m]  1h   until exit   5 uses   always", screen);
        Assert.Contains("> [x] same action (always)", screen);
        Assert.Contains("VERIFIED   by the kernel", screen);
        Assert.Contains("  argv 1   -r", screen);
    }

    [Fact]
    public void NoUsesIsNotSent()
    {
        var person = Open(Rich, "llll");
        person.Press(InboxKeyKind.Backspace);
        person.Press(InboxKeyKind.Enter);
        Assert.Empty(person.Effects);
        Assert.Contains("how many further asks", person.Screen);
    }

    [Fact]
    public void UsesStopAtTheLimit()
    {
        var menu = new AllowMenu(new InboxAsk(Rich));
        foreach (var digit in "1000000")
        {
            menu.TypeDigit(digit - '0');
        }

        Assert.Equal(ProtocolLimits.GrantUses, menu.Uses);
        menu.TypeDigit(0);
        Assert.Equal(ProtocolLimits.GrantUses, menu.Uses);
        menu.EraseDigit();
        Assert.Equal(100_000, menu.Uses);
    }

    [Fact]
    public void ARuleWithoutScopesCanOnlyBeDenied()
    {
        var person = Open(Rich with { Scopes = [] }, "l ");
        person.Press(InboxKeyKind.Enter);
        Assert.Empty(person.Effects);
        Assert.Contains("can only be denied", person.Screen);
    }

    [Fact]
    public void EscapeAllowsNothing()
    {
        var person = Open(Rich, "l");
        person.Press(InboxKeyKind.Escape);
        Assert.Empty(person.Effects);
        Assert.IsType<InboxMode.Browsing>(person.State.Mode);
    }

    [Fact]
    public void TheGrantJustMadeIsTakenBackWithOneKey()
    {
        var person = Open(Rich, "l");
        person.Press(InboxKeyKind.Enter);
        _ = person.Verdict();
        person.Apply(new InboxInput.Decided(SafeText.Of($"shell.exec web1"), Granted()));
        Assert.Contains("allowed for 10m, u takes it back: shell.exec web1", person.Screen);
        person.End(Rich, "allowed", "operator");
        person.Wait(InboxLimits.KeyGuard);
        person.Type("u");
        var grant = Assert.IsType<InboxEffect.Revoke>(Assert.Single(person.Effects)).Grant;
        Assert.Equal(Some.Id(9), grant.Id);
        person.Apply(new InboxInput.Revoked(grant));
        Assert.Contains("taken back: allow for 10m of shell.exec web1", person.Screen);
        person.Type("u");
        Assert.Single(person.Effects);
        Assert.Contains("nothing to take back", person.Screen);
    }

    [Fact]
    public void AGrantThatEndedNeedsNoTakingBack()
    {
        var person = Person.Before(Rich);
        person.Apply(new InboxInput.Decided(SafeText.None, Granted()));
        person.Event(EventType.GrantEnded, Some.Id(9), """{"why":"expired"}""");
        person.Type("u");
        Assert.Empty(person.Effects);
    }

    [Fact]
    public void OnlySoManyGrantsAreKeptForTakingBack()
    {
        var person = Person.Before(Rich);
        for (var i = 0; i < InboxLimits.Undos + 1; i++)
        {
            person.Apply(new InboxInput.Decided(SafeText.None, Granted(i)));
        }

        Assert.Equal(InboxLimits.Undos, person.State.Undo.Count);
        Assert.Equal(Some.Id(1), person.State.Undo[0].Id);
    }

    private static DecideResult Granted(int number = 9) => new()
    {
        Id = Some.Id(1),
        Outcome = AskOutcome.Allowed,
        Answered = 1,
        Grant = System.Text.Json.JsonSerializer.Deserialize(Some.Grant(number), ProtocolJson.Default.GrantItem),
    };

    private static Person Open(PendingItem ask, string keys)
    {
        var person = Person.Before(ask);
        person.Type("A" + keys);
        return person;
    }

    private static DecideParams Allow(PendingItem ask, string keys)
    {
        var person = Open(ask, keys);
        person.Press(InboxKeyKind.Enter);
        return person.Verdict();
    }
}
