using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Audit;

/// <summary>Where a log found on disk ends.</summary>
/// <param name="Chain">The last whole record.</param>
/// <param name="Newest">The newest file; null when there is none.</param>
/// <param name="WholeBytes">How much of the newest file is whole lines.</param>
/// <param name="Torn">What stands there after them: a write that was cut off.</param>
internal sealed record AuditTail(AuditChain Chain, AuditFileName? Newest, long WholeBytes, byte[] Torn)
{
    /// <summary>When the last whole record was made, by the clock of then; null without one.</summary>
    public DateTimeOffset? Time { get; private init; }

    /// <exception cref="AuditException">A file is refused, or does not end in a record.</exception>
    public static AuditTail Read(AuditFolder folder, List<AuditFileName> names)
    {
        var tail = new AuditTail(AuditChain.Empty, names.Count == 0 ? null : names[^1], 0, []);
        for (var i = names.Count - 1; i >= 0; i--)
        {
            using var file = folder.OpenRead(names[i].ToString(), out var size);
            try
            {
                var lines = new BackwardLines(file, size);
                if (i == names.Count - 1)
                {
                    tail = tail with { WholeBytes = lines.WholeBytes, Torn = lines.Torn };
                }

                if (lines.TryNext(out var line))
                {
                    return tail with { Chain = LastOf(line), Time = TimeOf(line) };
                }
            }
            catch (AuditException e)
            {
                throw new AuditException($"audit: {folder.FullName(names[i].ToString())} {e.Message}; move it away and start again.");
            }
        }

        return tail;
    }

    /// <summary>The chain as the last line of a file leaves it.</summary>
    private static DateTimeOffset? TimeOf(ReadOnlySpan<byte> line) =>
        AuditLine.TryParse(line, out var record) && Timestamp.TryParse(record.Time, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    /// <exception cref="AuditException">It is no record.</exception>
    public static AuditChain LastOf(ReadOnlySpan<byte> line)
    {
        if (!AuditLine.TryParse(line, out var record))
        {
            throw new AuditException("does not end in an audit record");
        }

        Span<byte> head = stackalloc byte[AuditHash.HexBytes];
        AuditHash.Write(line, head);
        return new AuditChain(record.Seq, head);
    }
}
