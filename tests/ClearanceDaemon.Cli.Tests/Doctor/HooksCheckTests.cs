using System.Text;
using ClearanceDaemon.Cli.Doctor;
using ClearanceDaemon.Cli.Doctor.Checks;
using ClearanceDaemon.Cli.Hooks.Install;

namespace ClearanceDaemon.Cli.Tests.Doctor;

/// <summary>What doctor says of hooks in the settings of coding agents.</summary>
public sealed class HooksCheckTests : IDisposable
{
    private static readonly string[] Both = ["PreToolUse", "PermissionRequest"];
    private readonly Ward _ward = new();

    public HooksCheckTests()
    {
        _ward.Variables["HOME"] = _ward.In("home");
        Directory.CreateDirectory(_ward.In("home/.claude"));
        Directory.CreateDirectory(_ward.In("home/.codex"));
    }

    public void Dispose() => _ward.Dispose();

    [Fact]
    public void WithoutAnyItIsWell()
    {
        Write("home/.claude/settings.json", "{\"hooks\":{\"Stop\":[{\"hooks\":[{\"type\":\"command\",\"command\":\"say\"}]}]}}");
        Write("home/.codex/hooks.json", "");
        var result = Look();
        Expect.Well(result);
        Assert.Equal("none installed", result.Summary);
    }

    [Fact]
    public void WhatInstallWroteIsWell()
    {
        Claude(75);
        Codex(75, Both);
        var result = Look();
        Expect.Well(result);
        Assert.Equal("claude-code (user), codex (user)", result.Summary);
    }

    [Theory]
    [InlineData("60s", 70, false)]
    [InlineData("60s", 71, true)]
    [InlineData("0s", 10, false)]
    [InlineData("0s", 11, true)]
    [InlineData("1h", 3610, false)]
    [InlineData("soon", 75, false)]
    [InlineData("999d", 75, false)]
    [InlineData("5m", null, true)]
    [InlineData("10m", null, false)]
    public void B61_ATimeoutThatMayPassFirstIsAnError(string wait, int? timeout, bool isWell)
    {
        Claude(timeout, wait: wait);
        if (isWell)
        {
            Expect.Well(Look());
        }
        else
        {
            Expect.One(Look(), Severity.Error, "home/.claude/settings.json, PreToolUse", "before the hook answers", "let through", "clearance hook uninstall claude-code");
        }
    }

    [Fact]
    public void AProgramThatIsGoneIsAnError()
    {
        Claude(75, program: "/nowhere/clearance");
        Expect.One(Look(), Severity.Error, "/nowhere/clearance is not there", "every call is blocked");
    }

    [Fact]
    public void AnotherProgramIsNoted()
    {
        Claude(75, program: "/bin/true");
        Expect.One(Look(), Severity.Note, "it runs /bin/true, and this is");
    }

    [Fact]
    public void ANamedSocketMustBeThere()
    {
        Claude(75, arguments: ["--via", "claude"]);
        Expect.One(Look(), Severity.Error, "no socket ask.d/claude", "askSockets");
        _ward.Open("ask.d/claude");
        Expect.Well(Look());
        _ward.ByHand = true;
        Expect.Well(Look());
    }

    [Fact]
    public void OneEventOfTwoIsAWarning()
    {
        Codex(75, ["PermissionRequest"]);
        Expect.One(Look(), Severity.Warning, "home/.codex/hooks.json", "nothing is registered for PreToolUse");
    }

    [Fact]
    public void HooksThatAreOffAreAnError()
    {
        Claude(75, before: "{\"disableAllHooks\": true}");
        Expect.One(Look(), Severity.Error, "disableAllHooks is on");
    }

    [Fact]
    public void ACommandOfTheUsersOwnIsAWarning()
    {
        Write("home/.claude/settings.json", "{\"hooks\":{\"PreToolUse\":[{\"hooks\":[{\"type\":\"command\",\"command\":\"clearance hook claude-code\"}]}]}}");
        Expect.One(Look(), Severity.Warning, "a command of its own", "clearance hook install claude-code");
    }

    [Fact]
    public void WhatCannotBeReadIsAWarning()
    {
        Write("home/.claude/settings.json", "{\"hooks\":7}");
        Expect.One(Look(), Severity.Warning, "home/.claude/settings.json", "\"hooks\" is no object");
    }

    private void Claude(int? timeout, string wait = "60s", string? program = null, string[]? arguments = null, string before = "{}") =>
        Install("home/.claude/settings.json", before, ["PreToolUse"], new(program ?? Environment.ProcessPath!, ["hook", "claude-code", .. arguments ?? [], "--wait", wait]), timeout);

    private void Codex(int timeout, string[] events) =>
        Install("home/.codex/hooks.json", "{}", events, new(Environment.ProcessPath!, ["hook", "codex", "--wait", "1m"]), timeout);

    private void Install(string file, string before, string[] events, HookEntry entry, int? timeout)
    {
        var text = Encoding.UTF8.GetString(SettingsText.With(Encoding.UTF8.GetBytes(before), events, entry, timeout ?? 4711));
        Write(file, timeout is null ? text.Replace(": 4711", ": \"long\"", StringComparison.Ordinal) : text);
    }

    private void Write(string file, string text) => File.WriteAllText(_ward.In(file), text);

    private CheckResult Look() => _ward.Look(new HooksCheck());
}
