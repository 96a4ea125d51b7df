using ClearanceDaemon.Core.Grants.Saved;
using ClearanceDaemon.Core.Native;
using ClearanceDaemon.Protocol;
using Microsoft.Win32.SafeHandles;

namespace ClearanceDaemon.Core.Grants;

/// <summary>
/// The grants on disk: one file, read once and from then on replaced whole. A file that is not as this daemon writes it is
/// set aside under another name, never overwritten and never believed in part.
/// </summary>
/// <param name="directory">The state directory, absolute, which must be ours alone.</param>
/// <param name="limits">What the file may hold.</param>
/// <param name="wall">Names what is set aside.</param>
internal sealed class GrantStore(string directory, GrantLimits limits, TimeProvider wall)
{
    public const string FileName = "grants.json";

    /// <summary>Between the file's name and the time at which it was set aside.</summary>
    private const string BadMark = ".bad-";

    private readonly Lock _writing = new();
    private volatile string? _blocked;

    public string Path => System.IO.Path.Combine(directory, FileName);

    /// <summary>Files that were set aside, in this run or before, and that somebody should look at.</summary>
    public IReadOnlyList<string> SetAside =>
        Directory.Exists(directory) ? [.. Directory.EnumerateFileSystemEntries(directory, FileName + BadMark + "*").Order(StringComparer.Ordinal)] : [];

    /// <summary>Reads the file; none is as good as an empty one. Once, before the first write.</summary>
    /// <exception cref="GrantStoreException">The file was set aside; or it could not be, or not be read, and then nothing will be written.</exception>
    public GrantsOnDisk Load()
    {
        var outcome = NativeFile.OpenDirectory(directory, out var folder);
        if (outcome == -LibC.ENOENT)
        {
            return GrantsOnDisk.None;
        }

        using (folder)
        {
            try
            {
                var why = StateFile.FolderFault(directory, folder, outcome);
                if (why is not null)
                {
                    throw Blocked(why);
                }

                NativeFile.Remove(folder!, DurableFile.Unfinished(FileName));
                return Read(folder!, out why) ?? throw PutAside(folder!, why!);
            }
            catch (IOException e)
            {
                throw Blocked($"{Path} cannot be read: {e.Message}");
            }
        }
    }

    /// <summary>Puts the grants on disk in place of what the file held: null once they are, or why not. Not on the reactor's thread.</summary>
    /// <param name="grants">As they are to be kept; nothing may change them meanwhile.</param>
    /// <param name="latestWall">The latest wall time ever seen.</param>
    public Task<string?> WriteAsync(IReadOnlyList<Grant> grants, DateTimeOffset latestWall) => Task.Run(() => Write(grants, latestWall));

    private string? Write(IReadOnlyList<Grant> grants, DateTimeOffset latestWall)
    {
        lock (_writing)
        {
            if (_blocked is { } blocked)
            {
                return blocked;
            }

            var json = GrantJson.File(grants, latestWall);
            if (json.Length > limits.FileBytes)
            {
                return $"{Path} would have {json.Length} bytes, more than {limits.FileBytes}; revoke grants that are not needed";
            }

            var outcome = NativeFile.OpenDirectory(directory, out var folder);
            using (folder)
            {
                if (StateFile.FolderFault(directory, folder, outcome) is { } why)
                {
                    return why;
                }

                outcome = DurableFile.Replace(folder!, FileName, json.Written);
                return outcome < 0 ? $"{Path} cannot be written: {NativeFile.Message(outcome)}" : null;
            }
        }
    }

    private GrantsOnDisk? Read(SafeFileHandle folder, out string? why)
    {
        var outcome = NativeFile.Open(folder, FileName, LibC.O_RDONLY, out var file);
        if (outcome == -LibC.ENOENT)
        {
            why = null;
            return GrantsOnDisk.None;
        }

        using (file)
        {
            if (outcome is -LibC.EIO or -LibC.ENOMEM or -LibC.ENFILE or -LibC.EMFILE)
            {
                // The file may well be good.
                throw new IOException(NativeFile.Message(outcome));
            }

            if (file is null)
            {
                why = $"cannot be opened as a regular file that is no link: {NativeFile.Message(outcome)}";
                return null;
            }

            var status = FileStatus.Of(file);
            why = StateFile.FileFault(status, limits.FileBytes);
            return why is null ? SavedFileReader.Read(StateFile.Bytes(file, status.Size), limits.Grants, out why) : null;
        }
    }

    private GrantStoreException PutAside(SafeFileHandle folder, string why)
    {
        var aside = FileName + BadMark + Timestamp.Format(wall.GetUtcNow().ToUnixTimeMilliseconds());
        var outcome = NativeFile.Rename(folder, FileName, aside);
        outcome = outcome < 0 ? outcome : NativeFile.SyncDirectory(folder);
        return outcome < 0
            ? Blocked($"{Path} {why}, and it cannot be set aside: {NativeFile.Message(outcome)}")
            : new($"grants: {Path} {why}. It was set aside as {aside} and no grant of it is in force; remove it, or stop the daemon, repair it and give it its name back.");
    }

    /// <summary>From now on nothing is written: what stands there may be all the grants there are.</summary>
    private GrantStoreException Blocked(string why)
    {
        _blocked = why;
        return new($"grants: {why}. No grant is in force and none can be made; put it right and start again.");
    }
}
