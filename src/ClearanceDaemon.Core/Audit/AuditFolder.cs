using ClearanceDaemon.Core.Native;
using Microsoft.Win32.SafeHandles;

namespace ClearanceDaemon.Core.Audit;

/// <summary>
/// A directory of the log's, held open, and the ritual every file in it passes: opened without following a link, a regular
/// file of ours with one name. Owns the directory handle.
/// </summary>
internal sealed class AuditFolder : IDisposable
{
    private readonly SafeFileHandle _handle;
    private bool _locked;

    private AuditFolder(string path, SafeFileHandle handle) => (Path, _handle) = (path, handle);

    public string Path { get; }

    /// <exception cref="AuditException">The directory is missing, a link, another's, or open to others.</exception>
    public static AuditFolder Open(string path)
    {
        var outcome = NativeFile.OpenDirectory(path, out var handle);
        if (handle is null)
        {
            throw new AuditException($"audit: {path} cannot be opened as a directory that is no link: {NativeFile.Message(outcome)}; move it away and start again.");
        }

        var status = StatusOf(handle, path);
        if (status.Uid == LibC.geteuid() && (status.Permissions & FileStatus.OthersMask) == 0)
        {
            return new AuditFolder(path, handle);
        }

        handle.Dispose();
        throw new AuditException($"audit: {path} must be ours alone, but has owner {status.Uid} and mode 0{Convert.ToString(status.Permissions, 8)}; make it ours with mode 0700.");
    }

    /// <summary>Opens it for the log's one writer, until disposed; whoever only reads takes no lock and meets none.</summary>
    /// <exception cref="AuditException">As for <see cref="Open"/>; or another process writes the log (<see cref="AuditException.IsInUse"/>).</exception>
    public static AuditFolder OpenForWriting(string path)
    {
        var folder = Open(path);
        var outcome = NativeFile.TryLock(folder._handle);
        if (outcome >= 0)
        {
            folder._locked = true;
            return folder;
        }

        folder.Dispose();
        throw outcome == -SocketFlags.Again
            ? new AuditException($"audit: another daemon writes the log in {path}, under another XDG_RUNTIME_DIR (fuser -v {path} names it); stop it, or give this one an XDG_STATE_HOME of its own.") { IsInUse = true }
            : new AuditException($"audit: {path} cannot be locked: {NativeFile.Message(outcome)}; put XDG_STATE_HOME on a file system that knows flock.");
    }

    /// <summary>The log's files, oldest first; whatever else lies there is not ours to judge.</summary>
    public List<AuditFileName> List()
    {
        var names = new List<AuditFileName>();
        foreach (var entry in Directory.EnumerateFileSystemEntries(Path))
        {
            if (AuditFileName.TryParse(System.IO.Path.GetFileName(entry), out var name))
            {
                names.Add(name);
            }
        }

        names.Sort();
        return names;
    }

    /// <exception cref="AuditException">It cannot be opened, or is not a regular file of ours with one name.</exception>
    public SafeFileHandle OpenRead(string name, out long size) => OpenChecked(name, LibC.O_RDONLY, out size);

    /// <inheritdoc cref="OpenRead"/>
    public SafeFileHandle OpenAppend(string name, bool create, out long size) => OpenChecked(
        name, LibC.O_WRONLY | LibC.O_APPEND | (create ? LibC.O_CREAT | LibC.O_EXCL : 0), out size);

    public string FullName(string name) => System.IO.Path.Combine(Path, name);

    public int Remove(string name) => NativeFile.Remove(_handle, name);

    /// <inheritdoc cref="DurableFile.Replace"/>
    public int Replace(string name, ReadOnlySpan<byte> bytes) => DurableFile.Replace(_handle, name, bytes);

    public int Sync() => NativeFile.SyncDirectory(_handle);

    public void Dispose()
    {
        if (_locked && !_handle.IsClosed)
        {
            NativeFile.Unlock(_handle);
        }

        _handle.Dispose();
    }

    private SafeFileHandle OpenChecked(string name, int flags, out long size)
    {
        size = 0;
        var outcome = NativeFile.Open(_handle, name, flags, out var handle);
        if (handle is null)
        {
            throw new AuditException($"audit: {FullName(name)} cannot be opened as a regular file that is no link: {NativeFile.Message(outcome)}.");
        }

        var status = StatusOf(handle, FullName(name));
        if (Refusal(status) is { } why)
        {
            handle.Dispose();
            throw new AuditException($"audit: {FullName(name)} {why}; move it away and start again.");
        }

        size = status.Size;
        return handle;
    }

    private static FileStatus StatusOf(SafeFileHandle handle, string path)
    {
        try
        {
            return FileStatus.Of(handle);
        }
        catch (IOException e)
        {
            handle.Dispose();
            throw new AuditException($"audit: {path} cannot be looked at: {e.Message}.");
        }
    }

    private static string? Refusal(FileStatus status) => status switch
    {
        { IsRegular: false } => "is not a regular file",
        { Links: not 1 } => $"has {status.Links} names (hard links), a log has one",
        _ when status.Uid != LibC.geteuid() => $"belongs to uid {status.Uid}, not to us",
        _ when (status.Permissions & FileStatus.OthersMask) != 0 => $"has mode 0{Convert.ToString(status.Permissions, 8)}, others must not reach it",
        _ => null,
    };
}
