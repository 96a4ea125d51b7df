using ClearanceDaemon.Core.Native;
using Microsoft.Win32.SafeHandles;

namespace ClearanceDaemon.Core.Audit;

/// <summary>
/// The files of the log as the writer sees them: one that is appended to and the closed ones before it. Owns the
/// current handle until a rotation hands it to whoever was named.
/// </summary>
internal sealed class AuditFiles : IDisposable
{
    private readonly AuditFolder _folder;
    private readonly AuditDisk _disk;
    private readonly long _fileBytes;
    private readonly Action<SafeFileHandle> _retire;
    private readonly Queue<(AuditFileName Name, long Bytes)> _closed = new();
    private AuditFileName? _name;
    private long _closedBytes;
    private bool _mustCut;
    private bool _left;

    /// <exception cref="AuditException">The newest file is refused.</exception>
    public AuditFiles(AuditFolder folder, List<AuditFileName> names, AuditTail tail, AuditOptions options, Action<SafeFileHandle> retire)
    {
        (_folder, _disk, _fileBytes, _retire) = (folder, options.Disk, options.FileBytes, retire);
        for (var i = 0; i < names.Count - 1; i++)
        {
            Close(names[i], new FileInfo(folder.FullName(names[i].ToString())).Length);
        }

        if (tail.Newest is { } newest)
        {
            Handle = folder.OpenAppend(newest.ToString(), create: false, out _);
            _name = newest;
            Size = tail.WholeBytes;
            _mustCut = tail.Torn.Length > 0;
        }
    }

    /// <summary>Null before the first record ever.</summary>
    public SafeFileHandle? Handle { get; private set; }

    public long Size { get; private set; }

    public long TotalBytes => _closedBytes + Size;

    public string CurrentName => _name?.ToString() ?? string.Empty;

    /// <summary>Adds whole lines by one write; says what failed, and then nothing of them stays.</summary>
    public string? Append(ReadOnlySpan<byte> lines, int year, int month)
    {
        if (CutBack() is { } why)
        {
            return why;
        }

        if ((NeedsNext(lines.Length, year, month) ? Rotate(year, month) : null) is { } refused)
        {
            return refused;
        }

        var written = _disk.Write(Handle!, lines);
        if (written == lines.Length)
        {
            Size += written;
            return null;
        }

        _mustCut = written > 0;
        var left = CutBack();
        var reason = written < 0 ? NativeFile.Message(written) : $"only {written} of {lines.Length} bytes were written";
        return $"{_folder.FullName(CurrentName)} cannot be written: {reason}{(left is null ? string.Empty : $"; and {left}")}";
    }

    /// <summary>Takes the oldest closed file out of the account, to be removed once that is on record.</summary>
    public bool TryDropOldest(out AuditFileName name, out long bytes)
    {
        var found = _closed.TryDequeue(out var oldest);
        (name, bytes) = oldest;
        _closedBytes -= bytes;
        return found;
    }

    /// <summary>Lets the next write begin another file, if that file is the current one and was not left before.</summary>
    public bool TryLeave(SafeFileHandle file)
    {
        if (_left || !ReferenceEquals(file, Handle))
        {
            return false;
        }

        _left = true;
        _mustCut = false;
        return true;
    }

    public void Dispose() => Handle?.Dispose();

    private bool NeedsNext(int bytes, int year, int month) =>
        Handle is null || _left || _name!.Value.Precedes(year, month) || (Size > 0 && Size + bytes > _fileBytes);

    private string? Rotate(int year, int month)
    {
        var next = _name?.Next(year, month) ?? new AuditFileName(year, month, 1);
        SafeFileHandle handle;
        try
        {
            handle = _folder.OpenAppend(next.ToString(), create: true, out _);
        }
        catch (AuditException e)
        {
            return e.Message;
        }

        if (Handle is not null)
        {
            Close(_name!.Value, Size);
            _retire(Handle);
        }

        (Handle, _name, Size, _left) = (handle, next, 0, false);
        return null;
    }

    private void Close(AuditFileName name, long bytes)
    {
        _closed.Enqueue((name, bytes));
        _closedBytes += bytes;
    }

    private string? CutBack()
    {
        if (!_mustCut)
        {
            return null;
        }

        var outcome = _disk.Truncate(Handle!, Size);
        _mustCut = outcome < 0;
        return _mustCut ? $"{_folder.FullName(CurrentName)} cannot be cut back: {NativeFile.Message(outcome)}" : null;
    }
}
