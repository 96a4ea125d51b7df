using System.Text;
using ClearanceDaemon.HandlersMode;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Tests.HandlersMode;

/// <summary>What is kept and what is logged of a program's stderr.</summary>
public sealed class StderrTests
{
    private readonly List<string> _lines = [];
    private long _now = 1000;

    [Fact]
    public void Lines_are_put_together_from_pieces_and_cleaned()
    {
        var log = NewLog();
        log.Add("one\ntw"u8);
        log.Add("o \x1b[1m\r\n\n\r\nthr"u8);
        log.Add("ee"u8);
        Assert.Equal(["one", "two \\u{1b}[1m"], _lines);
        log.End();
        Assert.Equal("three", _lines[^1]);
    }

    [Fact]
    public void A_line_is_cut_at_its_limit_and_one_byte_over()
    {
        var log = NewLog();
        log.Add(Encoding.UTF8.GetBytes(new string('x', HandlersLimits.ErrorLine) + "\n" + new string('y', HandlersLimits.ErrorLine + 1) + "\n"));
        Assert.Equal([new string('x', HandlersLimits.ErrorLine), new string('y', HandlersLimits.ErrorLine) + " …"], _lines);
    }

    [Fact]
    public void More_lines_than_a_person_reads_are_counted()
    {
        var log = NewLog();
        for (var i = 0; i < HandlersLimits.ErrorLines + 7; i++)
        {
            log.Add("x\n"u8);
        }

        Assert.Equal(HandlersLimits.ErrorLines, _lines.Count);
        _now += 1000;
        log.Add("later\nlater\nlater\n"u8);
        Assert.Equal(["7 more lines dropped", "later", "later"], _lines[HandlersLimits.ErrorLines..]);
        log.End();
        Assert.Equal("1 more lines dropped", _lines[^1]);
    }

    [Fact]
    public void The_last_bytes_are_kept_whatever_the_pieces()
    {
        foreach (var piece in (int[])[1, 7, 511, 512, 513, 4000])
        {
            var last = new LastBytes();
            var all = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1000)));
            foreach (var part in all.Chunk(piece))
            {
                last.Add(part);
            }

            Assert.Equal(Encoding.UTF8.GetString(all[^ProtocolLimits.HandlerStderrBytes..]), last.Text());
        }
    }

    [Fact]
    public void What_is_no_text_is_kept_as_one_that_fits()
    {
        var last = new LastBytes();
        Assert.Null(last.Text());
        last.Add(" \n"u8);
        Assert.Null(last.Text());
        last.Add([.. Enumerable.Repeat((byte)0xff, 600), 0, .. "end"u8]);
        var text = last.Text()!;
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 500, ProtocolLimits.HandlerStderrBytes);
        Assert.EndsWith("\ufffdend", text, StringComparison.Ordinal);
        last.Add(Encoding.UTF8.GetBytes(new string('é', 300)));
        Assert.Equal(new string('é', 256), last.Text());
    }

    private ErrorLog NewLog() => new(_lines.Add, () => _now);
}
