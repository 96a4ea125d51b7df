using System.Diagnostics;
using ClearanceDaemon.Core.Audit;

namespace ClearanceDaemon.Core.Tests.Audit;

/// <summary>Where the log lies: nothing planted there is followed, written or removed.</summary>
public sealed class AuditPathTests : IDisposable
{
    private const string Content = "not ours to write\n";
    private readonly AuditFixture _fixture = new();
    private readonly string _victim;

    public AuditPathTests()
    {
        _victim = Path.Combine(_fixture.Root, "victim");
        File.WriteAllText(_victim, Content);
        File.SetUnixFileMode(_victim, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void B65_a_link_at_the_file_is_refused_and_its_target_untouched()
    {
        AuditFixture.MakePrivate(_fixture.LogDirectory);
        File.CreateSymbolicLink(_fixture.FilePath(), _victim);
        Refused("2026-11.jsonl");
    }

    [Fact]
    public void B65_a_dangling_link_at_the_file_is_refused_and_nothing_is_created()
    {
        AuditFixture.MakePrivate(_fixture.LogDirectory);
        var target = Path.Combine(_fixture.Root, "created");
        File.CreateSymbolicLink(_fixture.FilePath(), target);
        Refused("2026-11.jsonl");
        Assert.False(File.Exists(target));
    }

    [Fact]
    public void B65_a_link_at_the_directory_is_refused()
    {
        var elsewhere = Path.Combine(_fixture.Root, "elsewhere");
        AuditFixture.MakePrivate(elsewhere);
        Directory.CreateSymbolicLink(_fixture.LogDirectory, elsewhere);
        Refused("audit");
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
    }

    [Fact]
    public void B65_a_hard_link_is_refused()
    {
        AuditFixture.MakePrivate(_fixture.LogDirectory);
        Tool("ln", _victim, _fixture.FilePath());
        Refused("2 names");
    }

    [Fact]
    public void B65_a_fifo_is_refused_without_waiting_for_its_other_end()
    {
        AuditFixture.MakePrivate(_fixture.LogDirectory);
        Tool("mkfifo", "-m", "600", _fixture.FilePath());
        Refused("not a regular file");
    }

    [Fact]
    public void B65_a_directory_at_the_file_is_refused()
    {
        AuditFixture.MakePrivate(_fixture.LogDirectory);
        AuditFixture.MakePrivate(_fixture.FilePath());
        Refused("2026-11.jsonl");
    }

    [Fact]
    public void B65_a_file_of_another_user_is_refused()
    {
        AuditFixture.MakePrivate(_fixture.LogDirectory);
        File.WriteAllText(_fixture.FilePath(), Content);
        if (!TryTool("chown", "65533", _fixture.FilePath()))
        {
            Assert.Skip("giving a file away needs root");
        }

        File.SetUnixFileMode(_fixture.FilePath(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Refused("65533");
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_that_others_reach_is_refused(UnixFileMode extra)
    {
        _fixture.Fill(1);
        File.SetUnixFileMode(_fixture.FilePath(), UnixFileMode.UserRead | UnixFileMode.UserWrite | extra);
        Refused("mode");
    }

    [Fact]
    public void A_directory_that_others_reach_is_refused()
    {
        _fixture.Fill(1);
        File.SetUnixFileMode(_fixture.LogDirectory, (UnixFileMode)0x1ed);
        Refused("0700");
    }

    [Fact]
    public void A_link_at_the_anchor_is_refused()
    {
        File.CreateSymbolicLink(_fixture.Options.AnchorPath, _victim);
        Refused("anchor");
    }

    [Fact]
    public void A_link_planted_where_the_next_month_goes_fails_the_write()
    {
        using var log = _fixture.Open();
        Assert.True(AuditFixture.Add(log));
        File.CreateSymbolicLink(_fixture.FilePath("2026-12.jsonl"), _victim);
        _fixture.Clock.Pass(TimeSpan.FromDays(20));
        Assert.False(AuditFixture.Add(log));
        Assert.Contains("2026-12.jsonl", log.Status.Error, StringComparison.Ordinal);
        Assert.Equal(Content, File.ReadAllText(_victim));
        File.Delete(_fixture.FilePath("2026-12.jsonl"));
        _fixture.Clock.Pass(AuditLimits.RetryEvery);
        Assert.True(AuditFixture.Add(log));
    }

    [Fact]
    public void A_link_at_an_older_file_is_not_read()
    {
        _fixture.Fill(1);
        File.CreateSymbolicLink(_fixture.FilePath("2025-01.jsonl"), _victim);
        Assert.Throws<AuditException>(() => AuditVerify.Run(_fixture.LogDirectory, null));
        Assert.Throws<AuditException>(() => AuditReader.Read(_fixture.LogDirectory, new AuditQuery(Before: 1, Newest: true)));
    }

    [Fact]
    public void Other_files_in_the_directory_are_left_alone()
    {
        AuditFixture.MakePrivate(_fixture.LogDirectory);
        File.WriteAllText(_fixture.FilePath("2026-13.jsonl"), Content);
        File.WriteAllText(_fixture.FilePath("notes.txt"), Content);
        _fixture.Fill(2);
        Assert.Equal(Content, File.ReadAllText(_fixture.FilePath("2026-13.jsonl")));
        Assert.Equal(AuditVerdictState.Intact, AuditVerify.Run(_fixture.LogDirectory, null).State);
    }

    private void Refused(string naming)
    {
        var refusal = Assert.Throws<AuditException>(() => _fixture.Open().Dispose());
        Assert.Contains(naming, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Content, File.ReadAllText(_victim));
    }

    private static void Tool(string tool, params string[] arguments) => Assert.True(TryTool(tool, arguments));

    private static bool TryTool(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardError = true });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }
}
