using System.Text;
using ClearanceDaemon.Core.Audit;

namespace ClearanceDaemon.Core.Tests.Audit;

/// <summary>Both readers over files whose lines fall on every side of a block's edge.</summary>
public sealed class LinesTests : IDisposable
{
    private const int Block = 64 * 1024;
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    public static TheoryData<int[], int> Files() => new()
    {
        { [], 0 },
        { [], 5 },
        { [0], 0 },
        { [0, 0, 0], 0 },
        { [1, 2, 3], 4 },
        { [Block - 1, 5], 0 },
        { [Block, 5], 1 },
        { [Block + 1, 5], 0 },
        { [5, Block - 7, 5], 0 },
        { [3 * Block, 10, Block, 0, 7], 2 * Block },
        { [AuditLimits.RecordBytes, AuditLimits.RecordBytes], AuditLimits.RecordBytes },
        { [.. Enumerable.Range(0, 3000)], 17 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Lines_come_in_order_and_the_torn_rest_is_told(int[] lengths, int torn)
    {
        var expected = Write(lengths, torn);
        using var file = File.OpenHandle(_path);
        var lines = new ForwardLines(file, Size());
        Assert.Equal(expected, All(lines));
        Assert.Equal(torn, lines.TornBytes);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Lines_come_backwards_too(int[] lengths, int torn)
    {
        var expected = Write(lengths, torn);
        using var file = File.OpenHandle(_path);
        var lines = new BackwardLines(file, Size());
        Assert.Equal(torn, lines.Torn.Length);
        Assert.Equal(Size() - torn, lines.WholeBytes);
        Assert.Equal(expected.Reverse(), All(lines));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_line_over_the_limit_is_refused_in_either_direction(int over, bool fits)
    {
        Write([10, AuditLimits.RecordBytes + over, 10], 0);
        using var file = File.OpenHandle(_path);
        Assert.Equal(fits, Record.Exception(() => All(new ForwardLines(file, Size()))) is not AuditException);
        Assert.Equal(fits, Record.Exception(() => All(new BackwardLines(file, Size()))) is not AuditException);
    }

    [Fact]
    public void A_file_without_an_end_of_line_does_not_fill_the_memory()
    {
        File.WriteAllBytes(_path, new byte[16 * 1024 * 1024]);
        using var file = File.OpenHandle(_path);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<AuditException>(() => All(new ForwardLines(file, Size())));
        Assert.Throws<AuditException>(() => All(new BackwardLines(file, Size())));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * AuditLimits.RecordBytes);
    }

    [Fact]
    public void Reading_stops_at_the_size_known_at_the_start()
    {
        Write([4, 4], 0);
        using var file = File.OpenHandle(_path);
        Assert.Single(All(new ForwardLines(file, 5)));
        Assert.Single(All(new ForwardLines(file, 7)));
        Assert.Single(All(new BackwardLines(file, 7)));
    }

    [Fact]
    public void A_file_that_shrinks_while_it_is_read_is_an_error_backwards_and_an_end_forwards()
    {
        Write([4, 4], 0);
        using var file = File.OpenHandle(_path);
        Assert.Throws<AuditException>(() => new BackwardLines(file, 100));
        Assert.Equal(2, All(new ForwardLines(file, 100)).Count);
    }

    private string[] Write(int[] lengths, int torn)
    {
        var lines = lengths.Select(static (length, i) => new string((char)('a' + (i % 26)), length)).ToArray();
        File.WriteAllText(_path, string.Concat(lines.Select(static line => line + "\n")) + new string('~', torn));
        return lines;
    }

    private long Size() => new FileInfo(_path).Length;

    private static List<string> All(ForwardLines lines)
    {
        var all = new List<string>();
        while (lines.TryNext(out var line))
        {
            all.Add(Encoding.ASCII.GetString(line));
        }

        return all;
    }

    private static List<string> All(BackwardLines lines)
    {
        var all = new List<string>();
        while (lines.TryNext(out var line))
        {
            all.Add(Encoding.ASCII.GetString(line));
        }

        return all;
    }
}
