using System.Globalization;
using System.Text.Json;
using static ClearanceDaemon.Cli.Tests.DeskDaemon;

namespace ClearanceDaemon.Cli.Tests.Commands;

/// <summary>What was granted for longer, and taking it back.</summary>
public sealed class GrantsCommandTests
{
    private static readonly string[] All =
    [
        Grant(First, """{"kind":"for","duration":"2h"}""", ",\"expires\":\"2026-11-20T12:00:00.000Z\",\"rule\":\"prod\""),
        Grant(Second, """{"kind":"uses","uses":3}""", ",\"usesLeft\":1"),
        Grant(Third, """{"kind":"until-exit"}""", ",\"pid\":4711").Replace("\"allow\"", "\"deny\""),
        Grant("00ff00112233445566778899aabbccdd"),
    ];

    [Theory]
    [InlineData("grants")]
    [InlineData("grants", "list")]
    public void OneOnALine(params string[] verb)
    {
        using var desk = new DeskDaemon(grants: All);
        var run = InProcess.Against(desk.Daemon, verb);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            """
            ID        VERDICT  SCOPE       LEFT      VIA     RULE  FOR ASKS WITH
            7f3a0011  allow    for 2h      119m      claude  prod  action=net.connect no resource argv=['a b' c] details:={"n":1} details.env=prod
            7f3a0099  allow    3 uses      1 use     claude  -     action=net.connect no resource argv=['a b' c] details:={"n":1} details.env=prod
            9c2e0011  deny     until exit  pid 4711  claude  -     action=net.connect no resource argv=['a b' c] details:={"n":1} details.env=prod
            00ff0011  allow    always      -         claude  -     action=net.connect no resource argv=['a b' c] details:={"n":1} details.env=prod

            """,
            run.Out);
    }

    [Fact]
    public void JsonIsEachGrantAsItCame()
    {
        using var desk = new DeskDaemon(grants: All) { PageItems = 3 };
        Assert.Equal(string.Join('\n', All) + "\n", InProcess.Against(desk.Daemon, "grants", "--json").Out);
        Assert.Equal(2, desk.Daemon.Lines.Count);
        Assert.Equal(string.Join('\n', All) + "\n", InProcess.Against(desk.Daemon, "grants", "list", "--json").Out);
    }

    [Fact]
    public void NoneIsNoError()
    {
        using var desk = new DeskDaemon();
        Assert.Equal(new Outcome(0, "", ""), InProcess.Against(desk.Daemon, "grants"));
        Assert.Equal("no grants\n", new InProcess { IsTerminal = true }.Talk(desk.Daemon, "grants").Error);
    }

    [Fact]
    public void RevokeNamesEachByItsWholeId()
    {
        using var desk = new DeskDaemon(grants: All);
        var run = InProcess.Against(desk.Daemon, "grants", "revoke", "9c2e", "00ff", "9c2e");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal([$"{{\"id\":\"{Third}\"}}", """{"id":"00ff00112233445566778899aabbccdd"}"""], desk.Told.Select(static told => told.GetRawText()));
        Assert.StartsWith("9c2e0011  action=net.connect no resource", run.Out);
        Assert.EndsWith(": 1 grant revoked\n", run.Out);
    }

    [Fact]
    public void AllAreRevokedInOneGo()
    {
        using var desk = new DeskDaemon(grants: All);
        Assert.Equal("4 grants revoked\n", InProcess.Against(desk.Daemon, "grants", "revoke", "--all").Out);
        Assert.Equal("""{"all":true}""", Assert.Single(desk.Told).GetRawText());
        Assert.Single(desk.Daemon.Lines);
        Assert.Equal("{\"revoked\":4}\n", InProcess.Against(desk.Daemon, "grants", "revoke", "--all", "--json").Out);
    }

    [Theory]
    [InlineData]
    [InlineData("--all", "9c2e")]
    [InlineData("")]
    [InlineData("all")]
    [InlineData("9c2")]
    [InlineData("9c2e", "*")]
    public void B54_WhatNamesNothingRevokesNothing(params string[] args)
    {
        using var desk = new DeskDaemon(grants: All);
        InProcess.Against(desk.Daemon, ["grants", "revoke", .. args]).AssertFailed(126);
        Assert.Empty(desk.Daemon.Lines);
    }

    [Fact]
    public void B54_AnIdOfNoneOrOfSeveralRevokesNothing()
    {
        using var desk = new DeskDaemon(grants: All);
        InProcess.Against(desk.Daemon, "grants", "revoke", "abcd").AssertFailed(1, "abcd: no grant has this id", "clearance grants lists them");
        InProcess.Against(desk.Daemon, "grants", "revoke", "7f3a").AssertFailed(126, "2 grants", "7f3a0011, 7f3a0099");
        Assert.Empty(desk.Told);
    }

    [Fact]
    public void OneThatEndedMeanwhileIsSaidSo()
    {
        using var daemon = new FakeDaemon(static exchange =>
        {
            if (exchange.Method == "grants.list")
            {
                exchange.Result($$"""{"items":[{{Grant(First)}}]}""");
            }
            else
            {
                exchange.Error(-32004, "unknown_request", "There is no such grant.");
            }
        });
        InProcess.Against(daemon, "grants", "revoke", First).AssertFailed(1, "7f3a0011: There is no such grant.", "ended meanwhile");
    }

    [Fact]
    public void OneThatFailsKeepsNoneOfTheOthersFromIt()
    {
        using var daemon = new FakeDaemon(static exchange =>
        {
            if (exchange.Method == "grants.list")
            {
                exchange.Result($$"""{"items":[{{string.Join(',', All)}}]}""");
            }
            else if (exchange.Params.Contains(Third, StringComparison.Ordinal))
            {
                exchange.Error(-32008, "unavailable", "not on disk");
            }
            else
            {
                exchange.Result("""{"revoked":1}""");
            }
        });
        var run = InProcess.Against(daemon, "grants", "revoke", Third, First, "--json");
        Assert.Equal((127, "{\"revoked\":1}\n"), (run.ExitCode, run.Out));
        Assert.Equal("clearance: 9c2e0011: the daemon answered unavailable: not on disk\n", run.Error);
    }

    [Fact]
    public void ManyMatchesAreCountedNotAllNamed()
    {
        using var desk = new DeskDaemon(grants: Enumerable.Range(0, 20).Select(static i => Grant("abcd" + i.ToString("x28", CultureInfo.InvariantCulture))));
        var run = InProcess.Against(desk.Daemon, "grants", "revoke", "abcd");
        run.AssertFailed(126, "20 grants", ", …. Give more digits.");
        Assert.Equal(8, run.Error.Split("abcd0").Length - 1);
    }

    [Fact]
    public void AnUnknownScopeIsShownAsItIs()
    {
        using var desk = new DeskDaemon(grants: [Grant(First, """{"kind":"while-raining"}""")]);
        Assert.Contains("  while-raining  -  ", InProcess.Against(desk.Daemon, "grants").Out);
        Assert.Equal(JsonValueKind.Object, InProcess.Against(desk.Daemon, "grants", "--json").Json().ValueKind);
    }
}
