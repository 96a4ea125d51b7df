using System.Text;
using System.Text.Unicode;

namespace ClearanceDaemon.Core.Documents;

/// <summary>The bytes of one document: turns places in them into lines and columns, and collects what is wrong with them.</summary>
internal sealed class DocumentText
{
    /// <summary>The most problems kept for one file: enough to work through, and a garbage file must not fill the memory.</summary>
    public const int MaxProblems = 1000;

    private readonly List<DocumentProblem> _problems;
    private readonly List<int> _lineStarts = [0];
    private (int Offset, int Column) _last = (0, 1);

    public DocumentText(string file, byte[] bytes, List<DocumentProblem> problems)
    {
        File = file;
        Bytes = bytes;
        _problems = problems;
        for (var at = 0; bytes.AsSpan(at).IndexOf((byte)'\n') is >= 0 and var length;)
        {
            at += length + 1;
            _lineStarts.Add(at);
        }
    }

    public string File { get; }

    public byte[] Bytes { get; }

    /// <summary>All problems found, also those beyond <see cref="MaxProblems"/>.</summary>
    public int ProblemCount { get; private set; }

    /// <summary>The place of the first byte that is not UTF-8, or null.</summary>
    public int? FirstInvalidByte()
    {
        if (Utf8.IsValid(Bytes))
        {
            return null;
        }

        var at = 0;
        while (Rune.DecodeFromUtf8(Bytes.AsSpan(at), out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    public void Problem(int offset, string message) => Problem(offset, DocumentSeverity.Error, message);

    public void Problem(int offset, DocumentSeverity severity, string message)
    {
        ProblemCount++;
        if (ProblemCount <= MaxProblems)
        {
            var (line, column) = Position(offset);
            var more = ProblemCount == MaxProblems ? " (and more: only the first thousand problems of a file are listed)" : "";
            _problems.Add(new(File, line, column, severity, message + more));
        }
    }

    public int Line(int offset)
    {
        var at = _lineStarts.BinarySearch(offset);
        return at >= 0 ? at + 1 : ~at;
    }

    public int LineStart(int line) => _lineStarts[Math.Clamp(line, 1, _lineStarts.Count) - 1];

    /// <summary>Line and column, from 1, the column in code points.</summary>
    public (int Line, int Column) Position(int offset)
    {
        offset = Math.Clamp(offset, 0, Bytes.Length);
        var line = Line(offset);

        // A file may be one long line with many problems: go on from the last one where that is possible.
        var from = _last.Offset <= offset && _last.Offset >= LineStart(line) ? _last : (Offset: LineStart(line), Column: 1);
        var column = from.Column;
        foreach (var value in Bytes.AsSpan(from.Offset, offset - from.Offset))
        {
            column += (value & 0xC0) == 0x80 ? 0 : 1;
        }

        _last = (offset, column);
        return (line, column);
    }
}
