using System.Text;
using System.Text.Unicode;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Audit;

/// <summary>
/// One record being written, member by member, into the log's buffer; nothing counts before <see cref="End"/>, and one
/// that is never ended is dropped. Names are the daemon's own and are written as they are.
/// </summary>
internal readonly ref struct AuditRecord(AuditLog log, LineBuffer buffer)
{
    /// <summary>Adds a text; bytes that are not UTF-8 (a file name, say) become U+FFFD.</summary>
    public AuditRecord Text(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> utf8)
    {
        Name(name);
        buffer.String(Utf8.IsValid(utf8) ? utf8 : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8)));
        return this;
    }

    public AuditRecord Number(scoped ReadOnlySpan<byte> name, long value)
    {
        Name(name);
        buffer.Number(value);
        return this;
    }

    public AuditRecord Flag(scoped ReadOnlySpan<byte> name, bool value)
    {
        Name(name);
        buffer.Raw(value ? "true"u8 : "false"u8);
        return this;
    }

    /// <summary>Adds JSON that is already valid and on one line.</summary>
    public AuditRecord Raw(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> json)
    {
        if (json.Contains((byte)'\n'))
        {
            throw new ArgumentException("JSON for an audit record must be on one line.", nameof(json));
        }

        Name(name);
        buffer.Raw(json);
        return this;
    }

    /// <summary>Links the record to the one before it and leaves it for the next commit.</summary>
    /// <exception cref="InvalidOperationException">It is longer than <see cref="AuditLimits.RecordBytes"/>; it is dropped.</exception>
    public void End()
    {
        if (!TryEnd())
        {
            throw new InvalidOperationException($"An audit record is over the limit of {AuditLimits.RecordBytes} bytes.");
        }
    }

    /// <summary>As <see cref="End"/>, but false when the record is too long: then it is dropped and counts nowhere.</summary>
    public bool TryEnd() => log.TryEnd();

    private void Name(scoped ReadOnlySpan<byte> name)
    {
        buffer.Raw(",\""u8);
        buffer.Raw(name);
        buffer.Raw("\":"u8);
    }
}
