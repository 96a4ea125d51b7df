using ClearanceDaemon.Core.Audit;

namespace ClearanceDaemon.Core.Tests.Audit;

public sealed class AuditFileNameTests
{
    [Theory]
    [InlineData("2026-11.jsonl", 2026, 11, 1)]
    [InlineData("2026-11.part0002.jsonl", 2026, 11, 2)]
    [InlineData("2026-01.part12345.jsonl", 2026, 1, 12345)]
    public void Names_round_trip(string text, int year, int month, int part)
    {
        Assert.True(AuditFileName.TryParse(text, out var name));
        Assert.Equal(new AuditFileName(year, month, part), name);
        Assert.Equal(text, name.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-13.jsonl")]
    [InlineData("2026-00.jsonl")]
    [InlineData("2026-1.jsonl")]
    [InlineData("2026-11.json")]
    [InlineData("2026-11.jsonl.torn")]
    [InlineData("2026-11.part0001.jsonl")]
    [InlineData("2026-11.part2.jsonl")]
    [InlineData("2026-11.part00002.jsonl")]
    [InlineData("2026-11.part.jsonl")]
    [InlineData("2026-11.part-002.jsonl")]
    [InlineData("x026-11.jsonl")]
    [InlineData("+026-11.jsonl")]
    public void Other_names_are_not_ours(string text) => Assert.False(AuditFileName.TryParse(text, out _));

    [Fact]
    public void Text_order_is_record_order()
    {
        AuditFileName[] names = [new(2026, 11, 1), new(2026, 11, 2), new(2026, 11, 10), new(2026, 12, 1), new(2027, 1, 1)];
        Assert.Equal(names, names.Reverse().Order());
        Assert.Equal(names, names.Reverse().OrderBy(name => name.ToString(), StringComparer.Ordinal));
    }

    [Fact]
    public void The_next_file_is_a_later_month_or_another_part()
    {
        var name = new AuditFileName(2026, 11, 1);
        Assert.Equal(new AuditFileName(2026, 12, 1), name.Next(2026, 12));
        Assert.Equal(new AuditFileName(2027, 1, 1), name.Next(2027, 1));
        Assert.Equal(new AuditFileName(2026, 11, 2), name.Next(2026, 11));
        Assert.Equal(new AuditFileName(2026, 11, 2), name.Next(2025, 12));
    }
}
