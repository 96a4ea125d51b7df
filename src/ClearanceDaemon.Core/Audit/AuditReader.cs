using System.Text;
using System.Text.Json;

namespace ClearanceDaemon.Core.Audit;

/// <summary>
/// Reads pages of the log from its files, beside the running writer and off its thread: memory and time of a page are
/// bounded whatever the log holds.
/// </summary>
internal sealed class AuditReader
{
    private readonly AuditFolder _folder;
    private readonly AuditQuery _query;
    private readonly byte[]? _kind;
    private readonly int _limit;
    private readonly List<byte[]> _records = [];
    private long _bytes;
    private long _scanned;
    private long _lastSeen;
    private int _unreadable;
    private bool _more;

    private AuditReader(AuditFolder folder, AuditQuery query)
    {
        (_folder, _query) = (folder, query);
        _kind = query.Kind is null ? null : Encoding.UTF8.GetBytes(query.Kind);
        _limit = Math.Clamp(query.Limit, 1, AuditLimits.PageRecords);
        _lastSeen = query.Newest ? query.Before ?? long.MaxValue : query.After ?? 0;
    }

    /// <exception cref="AuditException">The directory or a file in it is refused.</exception>
    public static AuditPage Read(string directory, AuditQuery query)
    {
        using var folder = AuditFolder.Open(directory);
        var reader = new AuditReader(folder, query);
        if (query.Newest)
        {
            reader.ReadBackward();
        }
        else
        {
            reader.ReadForward();
        }

        return new AuditPage(reader._records, reader._more ? reader._lastSeen : null, reader._unreadable);
    }

    private void ReadForward()
    {
        var names = _folder.List();
        var start = names.FindLastIndex(name => FirstSeq(name) <= _lastSeen + 1);
        for (var i = Math.Max(0, start); i < names.Count; i++)
        {
            using var file = _folder.OpenRead(names[i].ToString(), out var size);
            var lines = new ForwardLines(file, size);
            if (i == start)
            {
                lines.Find(_lastSeen + 1);
            }

            while (lines.TryNext(out var line))
            {
                if (!Take(line))
                {
                    return;
                }
            }
        }
    }

    private void ReadBackward()
    {
        var names = _folder.List();
        var start = names.FindLastIndex(name => FirstSeq(name) < _lastSeen);
        for (var i = start; i >= 0; i--)
        {
            using var file = _folder.OpenRead(names[i].ToString(), out var size);
            var lines = new BackwardLines(file, size);
            if (i == start && _query.Before is { } before)
            {
                lines.MoveTo(Math.Min(new ForwardLines(file, size).Find(before), lines.WholeBytes));
            }

            while (lines.TryNext(out var line))
            {
                if (!Take(line))
                {
                    return;
                }
            }
        }
    }

    /// <summary>Takes a line in or passes it over; false: the page is at its end.</summary>
    private bool Take(ReadOnlySpan<byte> line)
    {
        _scanned += line.Length;
        if (!AuditLine.TryParse(line, out var record))
        {
            _unreadable++;
            return true;
        }

        if (record.Seq >= _query.Before || record.Seq <= _query.After)
        {
            return _query.Newest ? record.Seq > (_query.After ?? 0) : record.Seq < (_query.Before ?? long.MaxValue);
        }

        var wanted = _kind is null || record.Kind.SequenceEqual(_kind);
        if (_scanned > AuditLimits.PageScanBytes || (wanted && (_records.Count == _limit || _bytes + line.Length > AuditLimits.PageBytes)))
        {
            _more = true;
            return false;
        }

        _lastSeen = record.Seq;
        if (wanted)
        {
            Add(line);
        }

        return true;
    }

    private void Add(ReadOnlySpan<byte> line)
    {
        if (IsJson(line))
        {
            _records.Add(line.ToArray());
            _bytes += line.Length;
        }
        else
        {
            _unreadable++;
        }
    }

    private long? FirstSeq(AuditFileName name)
    {
        using var file = _folder.OpenRead(name.ToString(), out var size);
        return new ForwardLines(file, size).TryNext(out var line) && AuditLine.TryParse(line, out var record) ? record.Seq : null;
    }

    private static bool IsJson(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            while (reader.Read())
            {
                reader.TrySkip();
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
