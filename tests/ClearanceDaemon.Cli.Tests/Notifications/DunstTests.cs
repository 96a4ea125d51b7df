using System.Text.Json;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Notifications;

/// <summary>Against a real notification server, dunst under Xvfb: both buttons, closing, and what a person really sees.</summary>
public sealed class DunstTests : IDisposable
{
    private readonly SessionBus _bus = new();
    private readonly OperatorDaemon _daemon = new();
    private readonly string _display;

    public DunstTests()
    {
        SessionBus.Require("dunst", "dunstctl", "Xvfb");
        var screen = _bus.Start("Xvfb", ["-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp"]);
        _display = ":" + screen.StandardOutput.ReadLine();
        StartDunst();
    }

    public void Dispose()
    {
        _daemon.Dispose();
        _bus.Dispose();
    }

    [Theory]
    [InlineData("Allow once", "allow")]
    [InlineData("Deny", "deny")]
    public void AButtonIsAVerdict(string button, string verdict)
    {
        using var run = Start();
        _daemon.Ask(OperatorDaemon.Item(1));
        WaitForDisplayed(1);
        Press(button);
        _daemon.WaitForDecisions(1);
        Assert.Equal(verdict, Assert.Single(_daemon.Decisions).GetProperty("verdict").GetString());
        WaitForDisplayed(0);
        Assert.Equal((0, ""), run.Stop());
    }

    [Fact]
    public void B48_ClosingAndTheDefaultActionDecideNothing()
    {
        using var run = Start();
        _daemon.Ask(OperatorDaemon.Item(1));
        WaitForDisplayed(1);
        // A click in the middle: dunst's default action, and where there is none the first of a menu nobody chose from.
        Press("nothing of the kind");
        Dunstctl("action", "0");
        Dunstctl("close");
        WaitForDisplayed(0);
        SessionBus.Until(() => run.Children == 0, () => "notify-send still waits");
        _daemon.Ask(OperatorDaemon.Item(2));
        WaitForDisplayed(1);
        // The menus from before may still be closing, and dunst opens one at a time.
        SessionBus.Until(
            () =>
            {
                Press("Deny");
                return _daemon.Decisions.Count > 0;
            },
            () => "nothing was decided");
        Assert.Equal(OperatorDaemon.Item(2).Id, Assert.Single(_daemon.Decisions).GetProperty("id").GetString());
        run.Stop();
    }

    [Fact]
    public void B46_MarkupIsReadAsText()
    {
        const string Markup = "<b>bold</b> & <a href=\"http://x\">y</a> \\074i\\076";
        using var run = Start();
        _daemon.Ask(OperatorDaemon.Item(1, new AskedFor { Action = "a.b", Resource = Markup }));
        WaitForDisplayed(1);
        Dunstctl("close");
        WaitForDisplayed(0);
        var message = History().GetProperty("message").GetProperty("data").GetString()!;
        // What dunst hands to its renderer: escaped once, so that the renderer draws the asker's own characters.
        Assert.Contains("On: &lt;b&gt;bold&lt;/b&gt; &amp; &lt;a href=\"http://x\"&gt;y&lt;/a&gt; \\074i\\076\n", message);
        run.Stop();
    }

    [Fact]
    public void EndedAsksAndTheEndOfTheProgramClearTheScreen()
    {
        using var run = Start();
        for (var number = 1; number <= 8; number++)
        {
            _daemon.Ask(OperatorDaemon.Item(number));
        }

        WaitForDisplayed(6);
        _daemon.End(OperatorDaemon.Item(6).Id);
        _daemon.End(OperatorDaemon.Item(7).Id);
        _daemon.End(OperatorDaemon.Item(8).Id);
        _daemon.End(OperatorDaemon.Item(1).Id);
        WaitForDisplayed(4);
        run.Stop();
        WaitForDisplayed(0);
        Assert.Empty(_daemon.Decisions);
    }

    private NotifyRun Start()
    {
        var run = new NotifyRun(_bus, _daemon);
        _daemon.WaitForSubscriptions(1);
        return run;
    }

    private void StartDunst()
    {
        // dunst hands its menu to a program that says which line was chosen: here the first that has the wanted label.
        var menu = _bus.Directory.Combine("menu");
        File.WriteAllText(menu, $"#!/bin/sh\ngrep -F \"$(cat '{_bus.Directory.Combine("choice")}')\" | head -1\n");
        File.SetUnixFileMode(menu, (UnixFileMode)0b111_000_000);
        var configuration = _bus.Directory.Combine("dunstrc");
        File.WriteAllText(configuration, $"[global]\nmarkup = full\nnotification_limit = 20\ndmenu = {menu}\nformat = \"%s\\n%b\"\n");
        _ = _bus.Start("dunst", ["-conf", configuration], ("DISPLAY", _display));
        SessionBus.Until(_bus.IsServed, () => "dunst did not start");
    }

    private void Press(string button)
    {
        File.WriteAllText(_bus.Directory.Combine("choice"), $"#{button} (");
        Dunstctl("context");
    }

    private void WaitForDisplayed(int count) => SessionBus.Until(() => Dunstctl("count", "displayed") == $"{count}\n", () => $"{Dunstctl("count")}instead of {count}");

    private JsonElement History() => JsonDocument.Parse(Dunstctl("history")).RootElement.GetProperty("data")[0][0];

    private string Dunstctl(params string[] args) => _bus.Run("dunstctl", args).Out;
}
