using System.Text;

namespace ClearanceDaemon.Core.Audit;

/// <summary>A record that the log makes about itself; members that are null are left out.</summary>
internal sealed record AuditNotice(string Kind)
{
    /// <summary>A write that was cut off was found at the end of the log and removed.</summary>
    public const string Recovered = "recovered";

    /// <summary>Records known to have been on disk are gone or changed.</summary>
    public const string Alarm = "alarm";

    /// <summary>The log takes records again after a failure.</summary>
    public const string Resumed = "resumed";

    /// <summary>The oldest file was removed to make room; the chain now begins after <see cref="LastSeq"/>.</summary>
    public const string Pruned = "pruned";

    public string? File { get; init; }

    public long? Bytes { get; init; }

    public long? LastSeq { get; init; }

    public string? LastSha256 { get; init; }

    public AuditAnchor? Anchor { get; init; }

    public string? Error { get; init; }

    public long? Dropped { get; init; }

    /// <summary>What a start has to say about the log it found.</summary>
    public static IEnumerable<AuditNotice> OfStart(AuditTail tail, AuditAnchor? anchor, string? unreadable)
    {
        if (tail.Torn.Length > 0)
        {
            yield return new AuditNotice(Recovered) { File = tail.Newest.ToString(), Bytes = tail.Torn.Length };
        }

        var gone = anchor is not null && anchor.Seq > tail.Chain.Seq;
        var changed = anchor is not null && anchor.Seq == tail.Chain.Seq && anchor.Sha256 != tail.Chain.HeadText;
        if (gone || changed || unreadable is not null)
        {
            var why = unreadable ?? (gone ? "records that were on disk are gone" : "the last record is not the one that was on disk");
            yield return new AuditNotice(Alarm) { LastSeq = tail.Chain.Seq, Anchor = anchor, Error = why };
        }
    }

    public void WriteTo(AuditRecord record)
    {
        Text(record, "file"u8, File);
        Number(record, "bytes"u8, Bytes);
        Number(record, "lastSeq"u8, LastSeq);
        Text(record, "lastSha256"u8, LastSha256);
        Number(record, "anchorSeq"u8, Anchor?.Seq);
        Text(record, "anchorSha256"u8, Anchor?.Sha256);
        Text(record, "error"u8, Error);
        Number(record, "dropped"u8, Dropped);
        record.End();
    }

    private static void Text(AuditRecord record, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            record.Text(name, Encoding.UTF8.GetBytes(value));
        }
    }

    private static void Number(AuditRecord record, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            record.Number(name, number);
        }
    }
}
