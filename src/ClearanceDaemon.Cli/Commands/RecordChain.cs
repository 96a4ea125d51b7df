using System.Text.Json;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>Follows the chain of the records that pass: each holds the SHA-256 of the one before. What was before the first is not known here.</summary>
internal sealed class RecordChain
{
    public long Count { get; private set; }

    public long First { get; private set; }

    public long Last { get; private set; }

    /// <summary>Hex SHA-256 of the last record.</summary>
    public string Head { get; private set; } = "";

    /// <summary>Where the chain first broke; null while it holds.</summary>
    public string? Fault { get; private set; }

    public void Add(ReadOnlySpan<byte> line, JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object
            || !record.TryGetProperty("seq", out var number) || !number.TryGetInt64(out var seq)
            || !record.TryGetProperty("prev", out var prev) || prev.ValueKind != JsonValueKind.String)
        {
            throw new NoAnswerException("The daemon sent a record without a seq and a prev. Are both of the same version?");
        }

        if (Count > 0 && seq != Last + 1)
        {
            Fault ??= $"record {seq} follows record {Last}: what is between is not in the log, or cannot be read";
        }
        else if (Count > 0 && !prev.ValueEquals(Head))
        {
            Fault ??= $"record {seq} does not cite record {Last} as it is: one of them was changed";
        }

        Span<byte> hash = stackalloc byte[Sha256.HashBytes];
        Sha256.Hash(line, hash);
        (First, Last, Head, Count) = (Count == 0 ? seq : First, seq, Hex.Text(hash), Count + 1);
    }
}
