using System.Text;

namespace UnixPeers.Tests.Peers;

/// <summary>The texts of /proc, also those a process wrote parts of.</summary>
public sealed class ProcParserTests
{
    private const string Tail = " S 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 987654 30 31";

    [Theory]
    [InlineData("cat")]
    [InlineData("")]
    [InlineData("a) S 1 1 (b")]
    [InlineData(") S 1 1 1 1 1 1")]
    [InlineData("a\nb) R 5")]
    [InlineData("((((")]
    [InlineData("))))")]
    public void B22_fields_are_counted_from_the_last_parenthesis(string name)
    {
        Assert.Equal(new ProcStat(42, name, 11, 13, 987654), ProcStat.Parse(Encoding.UTF8.GetBytes($"42 ({name}){Tail}\n")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("42")]
    [InlineData("42 (cat")]
    [InlineData("42 cat)")]
    [InlineData(") 42 (")]
    [InlineData("42 (cat)")]
    [InlineData("42 (cat) S")]
    [InlineData("42 (cat) S 11 12 13 14")]
    [InlineData("x (cat) S 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 987654 30")]
    [InlineData("42 (cat) S 1x 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 987654 30")]
    [InlineData("42 (cat) S 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 -9 30")]
    [InlineData("42 (cat)S 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 987654 30")]
    public void What_is_no_stat_line_is_nothing(string text)
    {
        Assert.Null(ProcStat.Parse(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void The_start_time_may_be_the_last_field_and_as_large_as_the_kernels()
    {
        string text = "1 (i) S 0 1 1 0 -1 4194560 9 9 9 9 9 9 9 9 20 0 1 0 18446744073709551615";
        Assert.Equal(new ProcStat(1, "i", 0, 1, ulong.MaxValue), ProcStat.Parse(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("0::/user.slice/user-1000.slice/user@1000.service/app.slice/agent.service\n", "agent.service")]
    [InlineData("0::/user.slice/user-1000.slice/session-2.scope\n", "session-2.scope")]
    [InlineData("0::/user.slice/user-1000.slice/user@1000.service/app.slice/a.scope/nested/deep\n", "a.scope")]
    [InlineData("0::/system.slice/_cpu.service\n", "cpu.service")]
    [InlineData("0::/system.slice/a:b.service\n", "a:b.service")]
    [InlineData("0::/a.service\n", "a.service")]
    [InlineData("0::/\n", null)]
    [InlineData("0::/system.slice\n", null)]
    [InlineData("0::/user@1000.service/gone.service (deleted)\n", null)]
    [InlineData("9:name=systemd:/system.slice/x.service\n8:pids:/y.service\n0::/z.service\n", "x.service")]
    [InlineData("0::/z.service\n9:name=systemd:/system.slice/x.service", "x.service")]
    [InlineData("4:memory:/y.service\n0::/z.service\n", "z.service")]
    public void The_unit_is_the_innermost_of_systemds_hierarchy(string text, string? unit)
    {
        Assert.Equal(unit, ProcCGroup.Parse(Encoding.UTF8.GetBytes(text))?.Unit);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("0:")]
    [InlineData("nonsense\n")]
    [InlineData("4:memory:/y.service\n")]
    [InlineData("1::/odd.service\n")]
    public void Without_systemds_hierarchy_there_is_no_group(string text)
    {
        Assert.Null(ProcCGroup.Parse(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void The_path_is_kept_whole()
    {
        Assert.Equal("/a/b:c/d.scope/e", ProcCGroup.Parse("0::/a/b:c/d.scope/e\n"u8)?.Path);
    }

    [Fact]
    public void Files_of_proc_are_read_up_to_a_limit()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, new byte[ProcFacts.MaxFileBytes]);
            Assert.Equal(ProcFacts.MaxFileBytes, ProcFacts.ReadFile(path)?.Length);
            File.WriteAllBytes(path, new byte[ProcFacts.MaxFileBytes + 1]);
            Assert.Null(ProcFacts.ReadFile(path));
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Null(ProcFacts.ReadFile("/proc/0/stat"));
        Assert.Null(ProcFacts.ReadFile(Path.GetTempPath()));
        Assert.Equal(36, ProcFacts.BootId?.Length);
    }
}
