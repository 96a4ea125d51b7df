using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.HandlersMode;

/// <summary>The end of a stream of bytes, for the one who asks later what was said last.</summary>
internal sealed class LastBytes
{
    private readonly byte[] _bytes = new byte[ProtocolLimits.HandlerStderrBytes];
    private int _length;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.Length > _bytes.Length ? bytes[^_bytes.Length..] : bytes;
        var kept = Math.Min(_length, _bytes.Length - bytes.Length);
        _bytes.AsSpan(_length - kept, kept).CopyTo(_bytes);
        bytes.CopyTo(_bytes.AsSpan(kept));
        _length = kept + bytes.Length;
    }

    /// <summary>The text, of at most as many bytes; null when there is none.</summary>
    public string? Text()
    {
        var text = WireText.Of(_bytes.AsSpan(0, _length)).Trim();
        while (Encoding.UTF8.GetByteCount(text) > _bytes.Length)
        {
            // What is no UTF-8 became longer.
            text = text[(char.IsHighSurrogate(text[0]) ? 2 : 1)..];
        }

        return text.Length == 0 ? null : text;
    }
}
