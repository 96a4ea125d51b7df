using System.Text.Json;

namespace ClearanceDaemon.Cli.Tests.Hooks;

/// <summary><c>clearance hook install</c> and <c>uninstall</c> on files: what there was comes back to the byte.</summary>
public sealed class HookInstallTests : IDisposable
{
    private const UnixFileMode Odd = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
    private readonly TempDirectory _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [MemberData(nameof(SettingsTextTests.Shapes), MemberType = typeof(SettingsTextTests))]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData(" \t\r\n")]
    public void InstallThenUninstallLeavesEveryByte(string text)
    {
        foreach (var (host, file) in ((string, string)[])[("claude-code", ".claude/settings.json"), ("codex", ".codex/hooks.json")])
        {
            var path = Write(file, text);
            Run("install", host).AssertSaid($"in {path}; what was there before is in {path}.clearance-backup");
            Assert.NotEqual(text, File.ReadAllText(path));
            Assert.Equal(text, File.ReadAllText(path + ".clearance-backup").Replace("\uFEFF", "", StringComparison.Ordinal) is var kept && text.StartsWith('\uFEFF') ? "\uFEFF" + kept : kept);
            Assert.Equal(Odd, File.GetUnixFileMode(path));
            Assert.Equal(Odd, File.GetUnixFileMode(path + ".clearance-backup"));

            var installed = File.ReadAllBytes(path);
            Run("install", host).AssertSaid("has it already; nothing was changed");
            Assert.Equal(installed, File.ReadAllBytes(path));

            Run("uninstall", host).AssertSaid("taken out of");
            Assert.Equal(System.Text.Encoding.UTF8.GetBytes(text), File.ReadAllBytes(path));
            Assert.Equal(Odd, File.GetUnixFileMode(path));
            Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
            Run("uninstall", host).AssertSaid("has no hook of ours; nothing was changed");
        }
    }

    [Theory]
    [InlineData("claude-code", ".claude/settings.json")]
    [InlineData("codex", ".codex/hooks.json")]
    public void WhatInstallMadeUninstallRemoves(string host, string file)
    {
        Run("install", host).AssertSaid(_home.Combine(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_home.Combine(file)));
        JsonDocument.Parse(File.ReadAllBytes(_home.Combine(file))).Dispose();
        Run("uninstall", host).AssertSaid("taken out of");
        Assert.Empty(Directory.GetFileSystemEntries(_home.Path));
    }

    [Fact]
    public void AnOldCopyIsNotTakenForWhatWasThere()
    {
        var path = Write(".claude/settings.json", "{}\n");
        Run("install", "claude-code");
        File.Delete(path);
        Run("install", "claude-code");
        Run("uninstall", "claude-code");
        Assert.Empty(Directory.GetFileSystemEntries(_home.Path));
    }

    [Fact]
    public void WhatSomebodyAddedSinceStays()
    {
        var path = Write(".claude/settings.json", "{\n  // mine\n  \"model\": \"opus\"\n}\n");
        Run("install", "claude-code");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"opus\"", "\"haiku\"", StringComparison.Ordinal));
        Run("uninstall", "claude-code");
        Assert.Equal("{\n  // mine\n  \"model\": \"haiku\"\n}\n", File.ReadAllText(path));
    }

    [Fact]
    public void TheFlagsStandInTheCommandAndTheTimeoutIsLonger()
    {
        Run("install", "claude-code", "--via", "claude", "--wait", "30s", "--closed").AssertSaid("PreToolUse");
        using var settings = JsonDocument.Parse(File.ReadAllBytes(_home.Combine(".claude/settings.json")));
        var handler = settings.RootElement.GetProperty("hooks").GetProperty("PreToolUse")[0].GetProperty("hooks")[0];
        Assert.Equal(45, handler.GetProperty("timeout").GetInt32());
        Assert.Contains($" hook claude-code --via claude --wait 30s --closed; ", handler.GetProperty("command").GetString());
        Run("install", "claude-code").AssertFailed(126, "with other flags", "clearance hook uninstall claude-code");
    }

    [Fact]
    public void CodexIsToldToTrustIt() => Run("install", "codex").AssertSaid("PreToolUse and PermissionRequest", "open /hooks in Codex");

    [Fact]
    public void TheHostsOwnVariableNamesItsDirectory()
    {
        var run = new InProcess { Variables = { ["HOME"] = "/nowhere", ["CODEX_HOME"] = _home.Combine("codex") } }.Run("hook", "install", "codex");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.True(File.Exists(_home.Combine("codex", "hooks.json")));
    }

    [Fact]
    public void WithoutAHomeItIsBadUsage() => new InProcess().Run("hook", "install", "codex").AssertFailed(126, "HOME");

    [Theory]
    [InlineData("{\"hooks\":[]}", "\"hooks\" is no object")]
    [InlineData("{\"a\":", "line 1, column 6")]
    [InlineData("not json", "a value is missing")]
    public void WhatIsMalformedIsRefusedUntouched(string text, string why)
    {
        var path = Write(".claude/settings.json", text);
        Run("install", "claude-code").AssertFailed(126, path, why, "Nothing was changed");
        Run("uninstall", "claude-code").AssertFailed(126, path, why);
        Assert.Equal(text, File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void SettingsHaveALimit()
    {
        var path = Write(".claude/settings.json", "{}" + new string(' ', Cli.Hooks.Install.SettingsFile.MaxBytes - 2));
        Run("install", "claude-code").AssertSaid("PreToolUse");
        Run("uninstall", "claude-code");
        File.AppendAllText(path, " ");
        Run("install", "claude-code").AssertFailed(126, path, "that is no settings file");
    }

    [Fact]
    public void ALinkIsFollowedAndSaidAndStays()
    {
        var target = Write("dotfiles/claude.json", "{}\n");
        Directory.CreateDirectory(_home.Combine(".claude"));
        File.CreateSymbolicLink(_home.Combine(".claude/settings.json"), target);
        Run("install", "claude-code").AssertSaid($"a link to {target}", $"{target}.clearance-backup");
        Assert.Equal(target, new FileInfo(_home.Combine(".claude/settings.json")).LinkTarget);
        Assert.Contains(" hook claude-code ", File.ReadAllText(target));
        Run("uninstall", "claude-code");
        Assert.Equal("{}\n", File.ReadAllText(target));
    }

    [Fact]
    public void ALinkToNowhereIsRefused()
    {
        Directory.CreateDirectory(_home.Combine(".claude"));
        File.CreateSymbolicLink(_home.Combine(".claude/settings.json"), _home.Combine("gone"));
        Run("install", "claude-code").AssertFailed(126, _home.Combine("gone"), "not there");
    }

    [Fact]
    public void WhatIsNoFileIsRefused()
    {
        Directory.CreateDirectory(_home.Combine(".claude/settings.json"));
        Run("install", "claude-code").AssertFailed(126, "no regular file");
    }

    [Fact]
    public void AProjectsSettingsAreThoseOfTheCurrentDirectory()
    {
        var run = Processes.RealProcess.Run("/bin/sh", ["-c", "cd \"$1\" && exec \"$0\" hook install claude-code --project", Processes.RealProcess.Program, _home.Path]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.True(File.Exists(_home.Combine(".claude/settings.json")));
    }

    private string Write(string name, string text)
    {
        var path = _home.Combine(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, Odd);
        return path;
    }

    private Said Run(params string[] args) => new(new InProcess { Variables = { ["HOME"] = _home.Path } }.Run(["hook", .. args]));

    private sealed record Said(Outcome Run)
    {
        public void AssertSaid(params string[] parts)
        {
            Assert.True(Run.ExitCode == 0, Run.Error);
            Assert.All(parts, part => Assert.Contains(part, Run.Out));
        }

        public void AssertFailed(int exitCode, params string[] parts) => Run.AssertFailed(exitCode, parts);
    }
}
