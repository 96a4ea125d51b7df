using System.Text.Json;

namespace ClearanceDaemon.Core.Audit;

/// <summary>
/// Walks the whole chain, file after file, in bounded memory and off the reactor. It finds any change that did not
/// rewrite the chain, a beginning that is not accounted for, and an end before the anchor.
/// </summary>
internal sealed class AuditVerify
{
    // A pruner at full speed takes a file away in most of them; each is over at the first file that is gone.
    private const int Attempts = 1000;
    private readonly AuditFolder _folder;
    private readonly AuditAnchor? _anchor;
    private readonly List<long> _alarms = [];
    private readonly byte[] _firstPrev = new byte[AuditHash.HexBytes];
    private AuditChain _chain = AuditChain.Empty;
    private string _firstFile = string.Empty;
    private long? _firstSeq;
    private long _records;
    private long _torn;
    private bool _anchored;
    private bool _beginningKnown;
    private AuditBreak? _break;

    private AuditVerify(AuditFolder folder, AuditAnchor? anchor) => (_folder, _anchor) = (folder, anchor);

    /// <summary>Verifies the log, also while it is written.</summary>
    /// <param name="directory">The log's directory.</param>
    /// <param name="anchor">Read before the call, so that it cannot be newer than what the walk sees.</param>
    /// <param name="cancellation">Ends a long walk.</param>
    /// <exception cref="AuditException">The directory or a file in it is refused.</exception>
    public static AuditVerdict Run(string directory, AuditAnchor? anchor, CancellationToken cancellation = default)
    {
        using var folder = AuditFolder.Open(directory);
        for (var attempt = 1; ; attempt++)
        {
            var names = folder.List();
            try
            {
                return new AuditVerify(folder, anchor).Walk(names, cancellation);
            }
            catch (AuditException) when (attempt < Attempts && !names.SequenceEqual(folder.List()))
            {
                // The writer pruned a file or began one while we walked.
            }
        }
    }

    private AuditVerdict Walk(List<AuditFileName> names, CancellationToken cancellation)
    {
        for (var i = 0; i < names.Count && _break is null; i++)
        {
            using var file = _folder.OpenRead(names[i].ToString(), out var size);
            WalkFile(names[i].ToString(), new ForwardLines(file, size), isNewest: i == names.Count - 1, cancellation);
        }

        _break ??= Beginning() ?? End(names);
        return new AuditVerdict(_records, _firstSeq, _records == 0 ? null : _chain.Seq, _anchored, _break, _torn, _alarms)
        {
            Files = names.Count,
            Head = _chain.HeadText,
        };
    }

    private void WalkFile(string name, ForwardLines lines, bool isNewest, CancellationToken cancellation)
    {
        long number = 0;
        try
        {
            while (lines.TryNext(out var line))
            {
                cancellation.ThrowIfCancellationRequested();
                number++;
                if (Judge(name, line, out var seq) is { } what)
                {
                    _break = new AuditBreak(name, number, seq, what);
                    return;
                }
            }
        }
        catch (AuditException e)
        {
            _break = new AuditBreak(name, number + 1, null, e.Message);
            return;
        }

        _torn = lines.TornBytes;
        if (_torn > 0 && !isNewest)
        {
            _break = new AuditBreak(name, number + 1, null, "the file ends in the middle of a record, though another follows");
        }
    }

    private string? Judge(string file, ReadOnlySpan<byte> line, out long? seq)
    {
        seq = null;
        if (!AuditLine.TryParse(line, out var record))
        {
            return "this is not a record";
        }

        seq = record.Seq;
        if (_records == 0)
        {
            Begin(file, record);
        }

        if (record.Seq != _chain.Seq + 1)
        {
            return $"record {_chain.Seq + 1} should be here";
        }

        if (!record.Prev.SequenceEqual(_chain.Head))
        {
            return "the record before this one was changed, or this one's prev";
        }

        _chain.Advance(line);
        _records++;
        if (record.Seq == _anchor?.Seq)
        {
            _anchored = true;
            if (_chain.HeadText != _anchor.Sha256)
            {
                return "this is not the record that was on disk when the last anchor was set";
            }
        }

        Note(record, line);
        return null;
    }

    /// <summary>The first record is taken at its word here; <see cref="Beginning"/> looks at it when the whole log is known.</summary>
    private void Begin(string file, AuditLine record)
    {
        (_firstFile, _firstSeq) = (file, record.Seq);
        record.Prev.CopyTo(_firstPrev);
        _chain = new AuditChain(record.Seq - 1, record.Prev);
        _beginningKnown = record.Seq == 1 && record.Prev.SequenceEqual(AuditHash.Zeros);
    }

    private void Note(AuditLine record, ReadOnlySpan<byte> line)
    {
        if (record.Kind.SequenceEqual("alarm"u8))
        {
            _alarms.Add(record.Seq);
        }
        else if (!_beginningKnown && record.Kind.SequenceEqual("pruned"u8))
        {
            _beginningKnown = TellsOfBeginning(line);
        }
    }

    private bool TellsOfBeginning(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            using var json = JsonDocument.ParseValue(ref reader);
            return json.RootElement.TryGetProperty("lastSeq", out var seq)
                && json.RootElement.TryGetProperty("lastSha256", out var sha256)
                && seq.GetInt64() == _firstSeq - 1
                && sha256.ValueEquals(_firstPrev);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // A changed record; the chain says so at the next one, or the anchor does.
            return false;
        }
    }

    private AuditBreak? Beginning() => _records == 0 || _beginningKnown
        ? null
        : new AuditBreak(_firstFile, 1, _firstSeq, "older records are gone, and no later record says that they were pruned");

    private AuditBreak? End(List<AuditFileName> names)
    {
        if (_anchor is null || _anchor.Seq <= _chain.Seq)
        {
            return null;
        }

        var file = names.Count == 0 ? _folder.Path : names[^1].ToString();
        var what = $"the log ends after record {_chain.Seq}, but record {_anchor.Seq} was on disk at {_anchor.Time.UtcDateTime:u}";
        return new AuditBreak(file, 0, _chain.Seq, what);
    }
}
