using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Mcp;

/// <summary>The lines of standard input; one that is too long is passed over and told apart.</summary>
internal sealed class McpLines(Stream input, int lineBytes)
{
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private int _scanned;
    private bool _discarding;

    /// <summary>The next line, valid until the next call.</summary>
    /// <param name="line">Empty when it was too long.</param>
    /// <returns>Null at the end of the input, else whether the line was short enough. What stands behind the last LF is no line.</returns>
    public bool? Next(out ReadOnlyMemory<byte> line)
    {
        while (true)
        {
            var status = LineReader.Next(_buffer.AsSpan(_start, _end - _start), _scanned, lineBytes, out var length, out var consumed);
            if (consumed > 0)
            {
                line = status == LineStatus.TooLong || _discarding ? default : _buffer.AsMemory(_start, length);
                var isWhole = status == LineStatus.Line && !_discarding;
                (_start, _scanned, _discarding) = (_start + consumed, 0, false);
                return isWhole;
            }

            if (status == LineStatus.TooLong)
            {
                _discarding = true;
                _start = _end;
            }

            _scanned = _end - _start;
            if (!Fill())
            {
                line = default;
                return null;
            }
        }
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 4, lineBytes + 2));
        }

        var count = input.Read(_buffer.AsSpan(_end));
        _end += count;
        return count > 0;
    }
}
